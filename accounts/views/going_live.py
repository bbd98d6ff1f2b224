"""Going live: what is done, what is missing and where it is done, and the button at the end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.access import demand, may
from accounts.actions.checking import answer_check, record_safety
from accounts.actions.states import move_state
from accounts.checklists import GO_LIVE, NOT_CHECKED, Check, checks_for_live
from accounts.forms.going_live import CheckForm, SafetyForm
from accounts.models import AccountState, Checklist, SocialAccount, User
from accounts.models.social_accounts import ACCOUNT_TRANSITIONS
from accounts.permissions import Permission
from accounts.requests.lists import is_asked_for
from accounts.sections import account_sections
from accounts.views.form_page import FormPage, answer, is_done
from accounts.views.permission import permission_required, person_of

SAFETY = ("joint_access", "two_factor", "recovery")
ASKED = {item.key: item for item in GO_LIVE if item.is_asked}


@permission_required(Permission.SEE_REGISTER)
def go_live(request: HttpRequest, account_id: int) -> HttpResponse:
    """The checklist; sent, it takes the account live or says what is missing."""
    reader = person_of(request)
    found = _visible(reader, account_id)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if is_done(
        request,
        form,
        lambda: move_state(by=reader, account=found, to=AccountState.LIVE),
        said=f"{found.name} is live.",
    ):
        return HttpResponseRedirect(reverse("go_live", args=[found.pk]))
    context = {
        "account": found,
        "sections": account_sections(found, reader, "go_live"),
        "form": form,
        **_standing(found, reader),
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/going_live.html", context, status=status)


@permission_required(Permission.CHECK_ACCOUNT)
def check(request: HttpRequest, account_id: int, item: str) -> HttpResponse:
    """One item that a person answers, with what they saw."""
    by = person_of(request)
    found = _visible(by, account_id)
    asked = ASKED.get(item)
    if asked is None:
        raise Http404
    kept = found.checklist_answers.filter(checklist=Checklist.GO_LIVE, item=item).first()
    form = CheckForm(request.POST or None, kept)
    page = FormPage(
        title=asked.question,
        caption=found.name,
        lead=f"{asked.hint}.",
        button="Save answer",
        back=reverse("go_live", args=[found.pk]),
        done="The answer is kept.",
    )
    return answer(
        request,
        page,
        form,
        lambda: answer_check(by=by, account=found, item=asked, **form.cleaned_data),
    )


@permission_required(Permission.CHECK_ACCOUNT)
def safety(request: HttpRequest, account_id: int) -> HttpResponse:
    """Recovery contact, two-factor and joint access, for whoever checks accounts."""
    by = person_of(request)
    found = _visible(by, account_id)
    form = SafetyForm(request.POST or None, found)
    page = FormPage(
        title="How safe the account is",
        caption=found.name,
        lead="Look at the platform first: all of this is about what is set there.",
        button="Save",
        back=reverse("go_live", args=[found.pk]),
        done="What you found is kept.",
    )
    return answer(
        request, page, form, lambda: record_safety(by=by, account=found, **form.cleaned_data)
    )


def _visible(reader: User, account_id: int) -> SocialAccount:
    rows = SocialAccount.objects.visible_to(reader).exclude(state__in=NOT_CHECKED)
    rows = rows.select_related("owner", "deputy", "service_area")
    found = get_object_or_404(rows.prefetch_related("risk_assessments"), pk=account_id)
    demand(reader, Permission.SEE_REGISTER, on=found)
    return found


def _standing(account: SocialAccount, reader: User) -> dict[str, Any]:
    """The list, and what the reader may do about it."""
    checks = checks_for_live(account)
    state = AccountState(account.state)
    manages = may(reader, Permission.MANAGE_ACCOUNTS, on=account)
    can_approve = state in (AccountState.REQUESTED, AccountState.ASSESSED)
    return {
        "items": [_line(each, account, reader) for each in checks],
        "missing": sum(len(each.missing) for each in checks),
        "can_be_live": AccountState.LIVE in ACCOUNT_TRANSITIONS[state],
        "may_take_live": may(reader, Permission.DECIDE_REQUEST, on=account),
        "may_stop": manages and state is AccountState.LIVE,
        "may_approve": manages and can_approve and not is_asked_for(account),
    }


def _line(check: Check, account: SocialAccount, reader: User) -> dict[str, str]:
    """One item as `components/task_list.html` draws it."""
    state, colour = ("Missing", "yellow") if check.missing else ("Done", "green")
    return {
        "text": check.item.question,
        "hint": _words(check) or check.item.hint,
        "href": _where(check.item.key, account, reader),
        "state": state,
        "colour": colour,
    }


def _words(check: Check) -> str:
    if check.missing:
        said = (f"{each.what} Who can help: {each.who_can_help}." for each in check.missing)
        return " ".join(said)
    if check.answer:
        who = f" ({check.answer.by.name})" if check.answer.by else ""
        return f"{check.answer.proof}{who}"
    return ""


def _where(key: str, account: SocialAccount, reader: User) -> str:
    """Where this item is done, for a reader who may do it there."""
    if key == "risk":
        return reverse("risk", args=[account.pk])
    if key == "people" and may(reader, Permission.MANAGE_ACCOUNTS, on=account):
        return reverse("account_people", args=[account.pk])
    if key == "trained" and reader.pk in (account.owner_id, account.deputy_id):
        return reverse("training")
    if not may(reader, Permission.CHECK_ACCOUNT, on=account):
        return ""
    if key in SAFETY:
        return reverse("account_safety", args=[account.pk])
    return reverse("go_live_check", args=[account.pk, key]) if key in ASKED else ""
