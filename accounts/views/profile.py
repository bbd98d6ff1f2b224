"""One's own page: who one is, what one may do, and why not."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import corporate_roles, explain, has_two_factor, must_have_two_factor
from accounts.permissions import CorporateRole, Permission
from accounts.reasons import rights_of
from accounts.views.permission import person_of


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    me = person_of(request)
    explanations = [explain(me, permission) for permission in Permission]
    rights = rights_of(me)
    given = {right.permission for right in rights}
    corporate = corporate_roles(me)
    grants = me.account_grants.in_force().select_related("account").order_by("account__name")
    return render(
        request,
        "accounts/profile.html",
        {
            "person": me,
            "corporate_roles": [role.label for role in CorporateRole if role in corporate],
            "grants": grants,
            "owned": me.owned_accounts.order_by("name"),
            "deputised": me.deputised_accounts.order_by("name"),
            "rights": rights,
            "refused": [each for each in explanations if each.permission not in given],
            "two_factor": has_two_factor(me),
            "two_factor_needed": must_have_two_factor(me),
        },
    )
