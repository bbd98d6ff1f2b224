"""The tasks of a request, a page each; checking all answers, and submitting them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.actions import request_people as people_actions
from accounts.actions.requesting import (
    answer_request,
    demand_part,
    submit_request,
    withdraw_request,
)
from accounts.forms.reason import ReasonForm
from accounts.forms.refusal import show_refusal
from accounts.forms.requests import (
    AboutForm,
    Answers,
    ContentForm,
    EqualityForm,
    ManagerForm,
    OfficerForm,
    PeopleForm,
    WhyForm,
)
from accounts.models import AccountRequest, NamedOfficer, RequestState, User
from accounts.permissions import AccountRole, Permission
from accounts.requests.tasks import not_done, waiting_for
from accounts.requests.words import cards_of
from accounts.views.form_page import FormPage, answer, is_done
from accounts.views.permission import permission_required, person_of
from accounts.views.requests import visible_request


@dataclass(frozen=True, slots=True)
class _Task:
    title: str
    lead: str
    form: type[Answers]


ANSWERED = {
    "about": _Task("About the account", "", AboutForm),
    "why": _Task("Why it is needed", "", WhyForm),
    "content": _Task(
        "Content plan", "An account without something to say is closed again within a year.",
        ContentForm,
    ),
    "equality": _Task(
        "Equality screening",
        "The council asks these three questions before every decision of this kind.",
        EqualityForm,
    ),
}  # fmt: skip
SAVED = "Your answers are saved."


@permission_required(Permission.SEE_REGISTER)
def task(request: HttpRequest, request_id: int, task: str) -> HttpResponse:
    """One task. What is saved may be incomplete; the list says what is left."""
    by, found = _written(request, request_id)
    if task == "people":
        return _people(request, by, found)
    if task == "manager":
        return _manager(request, by, found)
    if task not in ANSWERED:
        raise Http404
    asked = ANSWERED[task]
    form = asked.form(request.POST or None, found)
    return answer(
        request,
        _page(found, asked.title, asked.lead),
        form,
        lambda: answer_request(
            by=by,
            request=found,
            task=asked.title,
            answers=form.answers(),
            seen=form.cleaned_data["seen"],
        ),
    )


@permission_required(Permission.SEE_REGISTER)
def officer(request: HttpRequest, request_id: int) -> HttpResponse:
    """Name somebody who is to write or approve posts."""
    by, found = _written(request, request_id)
    form = OfficerForm(request.POST or None)
    page = _page(
        found,
        "Name an officer",
        "They are asked to accept. Their role begins once the request is accepted.",
        button="Name",
        done="They are asked to accept.",
        back=_people_page(found),
    )

    def name() -> NamedOfficer:
        role = AccountRole(form.cleaned_data["role"])
        return people_actions.name_officer(
            by=by, request=found, user=form.cleaned_data["user"], role=role
        )

    return answer(request, page, form, name)


@require_POST
@permission_required(Permission.SEE_REGISTER)
def remove_officer(request: HttpRequest, request_id: int, officer_id: int) -> HttpResponse:
    by, found = _written(request, request_id)
    named = get_object_or_404(found.officers.all(), pk=officer_id)
    remove = people_actions.unname_officer
    _try(request, lambda: remove(by=by, request=found, officer=named), "They are off the list.")
    return HttpResponseRedirect(_people_page(found))


@permission_required(Permission.SEE_REGISTER)
def check(request: HttpRequest, request_id: int) -> HttpResponse:
    """All answers on one page, and the button that sends them."""
    by, found = _written(request, request_id)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            submit_request(by=by, request=found)
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            manager = found.line_manager.name if found.line_manager else "the line manager"
            messages.success(request, f"The request is sent to {manager}.")
            return HttpResponseRedirect(reverse("request", args=[found.pk]))
    context = {
        "asked": found,
        "form": form,
        "cards": cards_of(found),
        "assessment": next(iter(found.account.risk_assessments.all()), None),
        "left": not_done(found),
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/requests/check.html", context, status=status)


@permission_required(Permission.SEE_REGISTER)
def withdraw(request: HttpRequest, request_id: int) -> HttpResponse:
    by, found = person_of(request), visible_request(person_of(request), request_id)
    demand_part(by, found)
    form = ReasonForm(request.POST or None)
    page = _page(
        found,
        "Withdraw the request",
        "It stays to be read, and cannot be taken up again.",
        button="Withdraw",
        button_kind="warning",
        done="The request is withdrawn.",
    )
    return answer(
        request,
        page,
        form,
        lambda: withdraw_request(by=by, request=found, reason=form.cleaned_data["reason"]),
    )


@require_POST
@permission_required(Permission.SEE_REGISTER)
def accept(request: HttpRequest, request_id: int) -> HttpResponse:
    """Whoever is named accepts everything that they are named for."""
    by = person_of(request)
    found = visible_request(by, request_id)
    accept_them = people_actions.accept_parts
    _try(request, lambda: accept_them(by=by, request=found), "You accepted. Thank you.")
    return HttpResponseRedirect(reverse("request", args=[found.pk]))


@permission_required(Permission.SEE_REGISTER)
def decline(request: HttpRequest, request_id: int) -> HttpResponse:
    by = person_of(request)
    found = visible_request(by, request_id)
    if found.state != RequestState.DRAFT or by not in waiting_for(found):
        raise Http404
    form = ReasonForm(request.POST or None)
    page = _page(
        found,
        "Decline your part",
        f"{found.asked_by.name} reads why, and names somebody else.",
        button="Decline",
        done="You are off this request.",
        on=lambda _: reverse("requests"),
    )
    return answer(
        request,
        page,
        form,
        lambda: people_actions.decline_parts(
            by=by, request=found, reason=form.cleaned_data["reason"]
        ),
    )


def _people(request: HttpRequest, by: User, found: AccountRequest) -> HttpResponse:
    form = PeopleForm(request.POST or None, found)
    if is_done(
        request,
        form,
        lambda: people_actions.name_answerable(by=by, request=found, **form.cleaned_data),
        said="The people are saved. Whoever is new is asked to accept.",
    ):
        return HttpResponseRedirect(reverse("request", args=[found.pk]))
    waits = waiting_for(found)
    context = {
        "asked": found,
        "form": form,
        "officers": [(each, each.user in waits) for each in found.officers.all()],
        "waits": waits,
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/requests/people.html", context, status=status)


def _manager(request: HttpRequest, by: User, found: AccountRequest) -> HttpResponse:
    form = ManagerForm(request.POST or None, found)
    lead = "The line manager of whoever asked, or of the owner. They decide first."
    if not form.fields["line_manager"].queryset.exists():  # type: ignore[attr-defined]
        lead = (
            "Nobody is on record as the line manager of whoever asked, or of the owner. The"
            " digital team can put that right."
        )
    return answer(
        request,
        _page(found, "Line manager", lead),
        form,
        lambda: people_actions.choose_manager(by=by, request=found, **form.cleaned_data),
    )


def _written(request: HttpRequest, request_id: int) -> tuple[User, AccountRequest]:
    """A draft that the reader writes; NotAllowed for who only sees it, 404 once it is sent."""
    by = person_of(request)
    found = visible_request(by, request_id)
    demand_part(by, found)
    if found.state != RequestState.DRAFT:
        raise Http404
    return by, found


def _page(found: AccountRequest, title: str, lead: str, **more: Any) -> FormPage:
    given: dict[str, Any] = {
        "button": "Save",
        "done": SAVED,
        "back": reverse("request", args=[found.pk]),
        **more,
    }
    return FormPage(title=title, lead=lead, caption=found.account.name, **given)


def _people_page(found: AccountRequest) -> str:
    return reverse("request_task", args=[found.pk, "people"])


def _try(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    try:
        act()
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, done)
