"""The register of social accounts: the list, and one account."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from accounts.access import may
from accounts.filters import AccountFilter
from accounts.health import credential_of, current_assessment
from accounts.models import SocialAccount
from accounts.obstacles import obstacles
from accounts.panels import panels_for
from accounts.permissions import Permission
from accounts.standing import roles_on, standing_of
from accounts.views.permission import permission_required, person_of
from audit.models import Entry
from audit.presenters import sentence
from pages.keyset import page_of
from pages.selected import selected_filters

TIMELINE = 15
ORDER = ("name", "id")


@permission_required(Permission.SEE_REGISTER)
def accounts(request: HttpRequest) -> HttpResponse:
    """The register, by name. The same number of queries for any number of accounts."""
    visible = _with_health(SocialAccount.objects.visible_to(person_of(request)))
    chosen = AccountFilter(request.GET, queryset=visible, request=request)
    rows = chosen.qs if chosen.is_valid() else visible.none()
    page = page_of(rows, ORDER, request.GET)
    return render(
        request,
        "accounts/register.html",
        {
            "form": chosen.form,
            "selected": selected_filters(chosen.form, request.GET),
            "standings": [standing_of(account) for account in page.rows],
            "page": page,
        },
    )


@permission_required(Permission.SEE_REGISTER)
def account(request: HttpRequest, account_id: int) -> HttpResponse:
    """One account: what it is, what stands in the way, who may do what, what happened."""
    reader = person_of(request)
    found = get_object_or_404(_with_health(SocialAccount.objects.visible_to(reader)), pk=account_id)
    entries = Entry.objects.about("accounts.socialaccount", str(found.pk)).order_by("-sequence")
    return render(
        request,
        "accounts/account.html",
        {
            "account": found,
            "standing": standing_of(found),
            "assessment": current_assessment(found),
            "credential": credential_of(found),
            "obstacles": obstacles(found),
            "roles": roles_on(found),
            "manages_people": may(reader, Permission.MANAGE_PEOPLE),
            "panels": panels_for(found, reader),
            "timeline": [
                {"title": sentence(entry, "this account"), "at": entry.at}
                for entry in entries[:TIMELINE]
            ],
        },
    )


def _with_health(rows: QuerySet[SocialAccount]) -> QuerySet[SocialAccount]:
    """With all that the pages show, and never the ciphertext of a credential."""
    return (
        rows.select_related("service_area", "owner", "deputy", "credential")
        .defer("credential__ciphertext")
        .prefetch_related("risk_assessments")
    )
