"""Closing an account: one page with what is to be done, in its order; and the archive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.access import demand
from accounts.actions import archives
from accounts.actions import closing as actions
from accounts.actions.disconnecting import NotRevoked
from accounts.closing import Settled, the_desk
from accounts.closing_page import closed_page, closing_page, finish_form
from accounts.forms.closing import ClosingForm, GiveUpForm, SettlePostsForm
from accounts.forms.refusal import show_refusal
from accounts.models import AccountArchive, AccountState, SocialAccount
from accounts.permissions import Permission
from accounts.sections import account_sections
from accounts.views.connection import what_else_ends
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of

TOLD = 5
"""Posts of which each is named; of more, only how many there were."""


@permission_required(Permission.CLOSE_ACCOUNT)
def close(request: HttpRequest, account_id: int) -> HttpResponse:
    """What is to be done next: begin, settle and archive, or look back."""
    found = _account(request, account_id)
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _begin(request, found, form.cleaned_data["reason"])
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("account_close", found.pk)
    return _page(request, found, form)


@permission_required(Permission.CLOSE_ACCOUNT)
@require_POST
def settle(request: HttpRequest, account_id: int) -> HttpResponse:
    """Cancel posts that are still to go out, or move them to another account."""
    found = _account(request, account_id)
    by = person_of(request)
    form = SettlePostsForm(
        request.POST, posts=the_desk().posts(found), targets=actions.targets(by, found)
    )
    if not form.is_valid():
        return _page(request, found, form)

    def act() -> None:
        done = actions.settle_posts(by=by, account=found, keys=form.keys, to=form.target)
        _tell(request, done)

    return _acted(request, found, form, act)


@permission_required(Permission.CLOSE_ACCOUNT)
@require_POST
def archive(request: HttpRequest, account_id: int) -> HttpResponse:
    """Have the archive made; the page of that work says how far it is."""
    found = _account(request, account_id)
    form = forms.Form(request.POST)
    try:
        job = archives.ask_for_archive(by=person_of(request), account=found)
    except ValidationError as refusal:
        show_refusal(form, refusal)
        return _page(request, found, form)
    if job.asked_by_id != person_of(request).pk:
        messages.info(request, f"{job.asked_by.name} is having it made already.")
        return redirect("account_close", found.pk)
    return redirect("job", job.pk)


@permission_required(Permission.CLOSE_ACCOUNT)
@require_POST
def finish(request: HttpRequest, account_id: int) -> HttpResponse:
    """Close it for good; `way` says how far its connection is ended."""
    found = _account(request, account_id)
    form = finish_form(request.POST, found)
    if not form.is_valid():
        return _page(request, found, form)

    def act() -> None:
        try:
            actions.finish_closing(by=person_of(request), account=found, revoke=form.revokes)
        except NotRevoked as refusal:
            # Beside the question whose other answer helps.
            raise ValidationError({"way": refusal.messages}) from None
        messages.success(request, f"{found} is closed. It stays on the register, with its archive.")

    return _acted(request, found, form, act)


@permission_required(Permission.CLOSE_ACCOUNT)
def give_up(request: HttpRequest, account_id: int) -> HttpResponse:
    found = _account(request, account_id)
    by = person_of(request)
    form = GiveUpForm(request.POST if request.method == "POST" else None)
    open_one = found.closings.open().first()
    if open_one is None:
        return redirect("account_close", found.pk)
    open_one.account = found
    after = actions.state_after(open_one)
    page = FormPage(
        title="Give up closing it",
        caption=str(found),
        lead=f"The account becomes {after.label.lower()}. Posts that were cancelled stay so.",
        button="Give it up",
        back=reverse("account_close", args=[found.pk]),
        done="The account is not being closed any more.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.abandon_closing(by=by, account=found, **form.cleaned_data),
    )


@permission_required(Permission.CLOSE_ACCOUNT, Permission.SEE_AUDIT)
@require_safe
def archive_file(request: HttpRequest, account_id: int, archive_id: int) -> HttpResponseBase:
    """The ZIP, for whoever closes accounts or reads the audit trail; the trail keeps who."""
    rows = AccountArchive.objects.select_related("account")
    found = get_object_or_404(rows, pk=archive_id, account__pk=account_id)
    try:
        opened = archives.take_out(by=person_of(request), archive=found)
    except FileNotFoundError as gone:
        raise Http404 from gone
    sent = FileResponse(
        opened,
        as_attachment=True,
        filename=archives.file_name(found),
        content_type="application/zip",
    )
    sent["Cache-Control"] = "no-store"
    return sent


def _begin(request: HttpRequest, account: SocialAccount, reason: str) -> None:
    by = person_of(request)
    if account.state in actions.AT_ONCE:
        actions.close_at_once(by=by, account=account, reason=reason)
        messages.success(request, f"{account} is closed. It stays on the register.")
    else:
        actions.begin_closing(by=by, account=account, reason=reason)
        messages.success(request, "From now on nothing goes out on this account.")


def _tell(request: HttpRequest, settled: list[Settled]) -> None:
    """What became of each post; of many, of how many."""
    done = [each for each in settled if each.done]
    kept = [each for each in settled if not each.done]
    if len(done) > TOLD:
        messages.success(request, f"{len(done)} posts are settled.")
    elif done:
        messages.success(request, " ".join(each.words for each in done))
    if kept:
        more = f" {len(kept) - TOLD} more stay too." if len(kept) > TOLD else ""
        messages.warning(request, " ".join(each.words for each in kept[:TOLD]) + more)


def _acted(
    request: HttpRequest, account: SocialAccount, form: forms.Form, act: Callable[[], object]
) -> HttpResponse:
    try:
        act()
    except ValidationError as refusal:
        show_refusal(form, refusal)
        return _page(request, account, form)
    return redirect("account_close", account.pk)


def _page(request: HttpRequest, account: SocialAccount, form: forms.Form) -> HttpResponse:
    """The page for the state that the account is in now, with what was wrong in `form`."""
    account.refresh_from_db(fields=["state"])
    by = person_of(request)
    context: dict[str, Any] = {
        "account": account,
        "sections": account_sections(account, by, "account_close"),
        "form": form,
        "at_once": account.state in actions.AT_ONCE,
    }
    if account.state == AccountState.CLOSING:
        template, more = "closing", closing_page(account, by, form)
        more["what_else_ends"] = what_else_ends(account)
    elif account.state == AccountState.CLOSED:
        template, more = "closed", closed_page(account)
    else:
        template, more = "begin", {}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, f"accounts/closing/{template}.html", {**context, **more}, status=status)


def _account(request: HttpRequest, account_id: int) -> SocialAccount:
    by = person_of(request)
    rows = SocialAccount.objects.visible_to(by).select_related("credential", "owner", "deputy")
    found = get_object_or_404(rows.defer("credential__ciphertext"), pk=account_id)
    demand(by, Permission.CLOSE_ACCOUNT, on=found)
    return found
