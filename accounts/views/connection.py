"""The connection of an account: how it stands, signing in at the platform, and its end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET, require_POST

from accounts.access import demand
from accounts.actions.connecting import NotConnected, begin_connecting, finish_connecting
from accounts.actions.disconnecting import (
    NotRevoked,
    allowed_with_it,
    can_be_revoked,
    disconnect,
)
from accounts.connection.state import connection_events, state_of
from accounts.forms.connection import DisconnectForm
from accounts.health import credential_of
from accounts.models import SocialAccount, User
from accounts.permissions import Permission
from accounts.sections import account_sections
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of


@require_GET
@permission_required(Permission.MANAGE_ACCOUNTS)
def connection(request: HttpRequest, account_id: int) -> HttpResponse:
    """How the account is connected, what that allows, and what happened to it."""
    return _page(request, _account(request, account_id))


@require_POST
@permission_required(Permission.MANAGE_ACCOUNTS)
def connect(request: HttpRequest, account_id: int) -> HttpResponse:
    """Begin to connect: a page with the way to the platform, which is a link.

    A form that led there would be stopped by our own policy, rightly: forms stay here.
    """
    found = _account(request, account_id)
    try:
        begun = begin_connecting(by=person_of(request), account=found)
    except ValidationError as refusal:
        return _page(request, found, errors=refusal.messages)
    context = {"account": found, "begun": begun}
    response = render(request, "accounts/connection/go.html", context)
    add_never_cache_headers(response)
    return response


@permission_required(Permission.MANAGE_ACCOUNTS)
def disconnect_page(request: HttpRequest, account_id: int) -> HttpResponse:
    """Ask how far, then end it."""
    by, found = person_of(request), _account(request, account_id)
    back = reverse("connection", args=[found.pk])
    if credential_of(found) is None:
        messages.info(request, "The account is not connected.")
        return HttpResponseRedirect(back)
    revocable = can_be_revoked(found)
    form = DisconnectForm(
        request.POST or None, platform=found.platform_name, can_be_revoked=revocable
    )
    page = FormPage(
        title="Disconnect the account",
        caption=str(found),
        lead=_what_it_means(found, revocable=revocable),
        warning=what_else_ends(found),
        button="Disconnect",
        button_kind="warning",
        back=back,
        done="The account is disconnected, and its secret is destroyed.",
    )
    return answer(
        request,
        page,
        form,
        lambda: _disconnect(by, found, form),
    )


def _disconnect(by: User, account: SocialAccount, form: DisconnectForm) -> None:
    reason = form.cleaned_data["reason"]
    try:
        disconnect(by=by, account=account, reason=reason, revoke=form.revokes)
    except NotRevoked as refusal:
        # Beside the question whose other answer helps.
        raise ValidationError({"way": refusal.messages}) from None


@require_GET
def callback(request: HttpRequest, platform: str) -> HttpResponseBase:
    """Where a person comes back to from the platform.

    The address holds a code, so nothing is shown here: the answer leads to a clean address.
    """
    if not request.user.is_authenticated:
        # Not back to here after signing in, which would put the code into another address.
        messages.warning(request, "You were signed out meanwhile. Sign in, then connect again.")
        address = f"{reverse('account_login')}?next={reverse('accounts')}"
        response: HttpResponseBase = HttpResponseRedirect(address)
    else:
        response = _come_back(request, platform)
    add_never_cache_headers(response)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@permission_required(Permission.MANAGE_ACCOUNTS)
def _come_back(request: HttpRequest, platform: str) -> HttpResponse:
    try:
        done = finish_connecting(by=person_of(request), platform=platform, query=request.GET.dict())
    except NotConnected as why:
        messages.error(request, f"Nothing was connected. {why.message}")
        where = reverse("connection", args=[why.account.pk]) if why.account else reverse("accounts")
        return HttpResponseRedirect(where)
    messages.success(request, f"Connected: signed in as {done.credential.remote_name}.")
    for sentence in done.linked:
        messages.info(request, sentence)
    return HttpResponseRedirect(reverse("connection", args=[done.account.pk]))


def _page(
    request: HttpRequest, account: SocialAccount, errors: list[str] | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "account": account,
        "sections": account_sections(account, person_of(request), "connection"),
        "state": state_of(account),
        "events": connection_events(account),
        "error": bool(errors),
        "errors": [{"text": each} for each in errors or ()],
    }
    status = 422 if errors else 200
    return render(request, "accounts/connection/connection.html", context, status=status)


def _account(request: HttpRequest, account_id: int) -> SocialAccount:
    by = person_of(request)
    rows = SocialAccount.objects.visible_to(by).select_related("credential__connected_by")
    found = get_object_or_404(rows.defer("credential__ciphertext"), pk=account_id)
    demand(by, Permission.MANAGE_ACCOUNTS, on=found)
    return found


def _what_it_means(account: SocialAccount, *, revocable: bool) -> str:
    words = "Posts on this account are held, and nothing said to it comes in, until it is connected"
    if revocable:
        return f"{words} again."
    return (
        f"{words} again. The secret is destroyed here. {account.platform_name} cannot be asked from"
        " here to take it back: do that there, in the account’s own settings."
    )


def what_else_ends(account: SocialAccount) -> str:
    """Which other accounts lose their connection too, where there are any."""
    others = [str(other) for other in allowed_with_it(account)] if can_be_revoked(account) else []
    if not others:
        return ""
    return (
        f"The same person allowed {', '.join(others)}. Taking the permission back at"
        f" {account.platform_name} disconnects that as well."
    )
