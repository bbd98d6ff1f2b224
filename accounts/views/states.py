"""Stopping an account and starting it again, and accepting to answer for one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.actions.answerable import accept_part
from accounts.actions.states import approve_without_request, move_state
from accounts.forms.reason import ReasonForm
from accounts.models import AccountState, SocialAccount, User
from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of

Act = Callable[[User, SocialAccount, str], object]


@dataclass(frozen=True, slots=True)
class _Move:
    title: str
    lead: str
    button: str
    done: str
    act: Act
    button_kind: str = ""


def _to(state: AccountState) -> Act:
    return lambda by, account, reason: move_state(by=by, account=account, to=state, reason=reason)


MOVES = {
    "suspended": _Move(
        "Suspend the account",
        "Nothing goes out from here while it is suspended. To put it back, everything on the"
        " go-live checklist must be so.",
        "Suspend",
        "The account is suspended.",
        _to(AccountState.SUSPENDED),
        "warning",
    ),
    "dormant": _Move(
        "Make the account dormant",
        "For an account that rests. To wake it, everything on the go-live checklist must be so.",
        "Make dormant",
        "The account is dormant.",
        _to(AccountState.DORMANT),
    ),
    "approved": _Move(
        "Approve without a request",
        "Nobody asked for this account here. Say why it is needed all the same.",
        "Approve",
        "The account is approved. Complete its go-live checklist next.",
        lambda by, account, reason: approve_without_request(by=by, account=account, reason=reason),
    ),
}


@permission_required(Permission.MANAGE_ACCOUNTS)
def move(request: HttpRequest, account_id: int, to: str) -> HttpResponse:
    """One move that needs nothing but a reason."""
    by = person_of(request)
    found = get_object_or_404(SocialAccount.objects.on_register(by), pk=account_id)
    if to not in MOVES:
        raise Http404
    chosen = MOVES[to]
    form = ReasonForm(request.POST or None)
    page = FormPage(
        title=chosen.title,
        caption=str(found),
        lead=chosen.lead,
        button=chosen.button,
        button_kind=chosen.button_kind,
        back=reverse("go_live", args=[found.pk]),
        done=chosen.done,
    )
    return answer(request, page, form, lambda: chosen.act(by, found, form.cleaned_data["reason"]))


@require_POST
@permission_required(Permission.SEE_REGISTER)
def accept(request: HttpRequest, account_id: int) -> HttpResponse:
    """The owner or the deputy accepts to answer for the account."""
    by = person_of(request)
    found = get_object_or_404(SocialAccount.objects.visible_to(by), pk=account_id)
    try:
        accept_part(by=by, account=found)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, f"You accepted to answer for {found.name}.")
    return HttpResponseRedirect(reverse("account", args=[found.pk]))
