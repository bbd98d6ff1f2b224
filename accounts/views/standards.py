"""The standards checklist of an account: how it stands, and going through it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.access import demand, may
from accounts.actions.standards import check_standards
from accounts.forms.standards import StandardsForm
from accounts.housekeeping.standards import standards_of
from accounts.models import SocialAccount, User
from accounts.permissions import Permission
from accounts.risk.reviews import IN_USE
from accounts.sections import account_sections
from accounts.views.permission import permission_required, person_of


@permission_required(Permission.SEE_REGISTER)
def standards(request: HttpRequest, account_id: int) -> HttpResponse:
    """Every standard, whether it was met when somebody last looked, and who that was."""
    reader = person_of(request)
    found = _visible(reader, account_id)
    in_use = found.state in IN_USE
    context = {
        "account": found,
        "sections": account_sections(found, reader, "standards"),
        "standards": standards_of(found),
        "in_use": in_use,
        "may_check": in_use and may(reader, Permission.CHECK_ACCOUNT, on=found),
    }
    return render(request, "accounts/standards/standards.html", context)


@permission_required(Permission.CHECK_ACCOUNT)
def check(request: HttpRequest, account_id: int) -> HttpResponse:
    by = person_of(request)
    found = _visible(by, account_id)
    demand(by, Permission.CHECK_ACCOUNT, on=found)
    form = StandardsForm(request.POST or None, standards_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            check_standards(
                by=by, account=found, found=form.found(), seen=form.cleaned_data["seen"]
            )
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "What you found is kept.")
            return HttpResponseRedirect(reverse("standards", args=[found.pk]))
    status = 422 if form.is_bound else 200
    context = {"account": found, "form": form}
    return render(request, "accounts/standards/check.html", context, status=status)


def _visible(reader: User, account_id: int) -> SocialAccount:
    return get_object_or_404(SocialAccount.objects.on_register(reader), pk=account_id)
