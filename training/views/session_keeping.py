"""Planning, changing and cancelling a session."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.forms.reason import ReasonForm
from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from training.actions import sessions as actions
from training.forms.sessions import SessionForm, as_typed
from training.views.sessions import visible


@permission_required(Permission.RUN_SESSIONS)
def plan(request: HttpRequest) -> HttpResponse:
    form = SessionForm(request.POST or None)
    page = FormPage(
        title="Plan a session",
        button="Plan session",
        back=reverse("training_sessions"),
        done="The session is planned. People can book it now.",
        on=lambda made: reverse("training_session", args=[made.pk]),
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.plan_session(by=person_of(request), facts=form.facts),
    )


@permission_required(Permission.RUN_SESSIONS)
def change(request: HttpRequest, session_id: int) -> HttpResponse:
    found = visible(person_of(request), session_id)
    form = SessionForm(request.POST or None, initial=as_typed(found))
    page = FormPage(
        title="Change a session",
        caption=found.title,
        lead="Everybody who has booked gets a letter when the time, the place or the link changes.",
        button="Save",
        back=reverse("training_session", args=[found.pk]),
        done="The session is changed.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.change_session(by=person_of(request), session=found, facts=form.facts),
    )


@permission_required(Permission.RUN_SESSIONS)
def cancel(request: HttpRequest, session_id: int) -> HttpResponse:
    found = visible(person_of(request), session_id)
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = "Everybody who has booked is told"
    page = FormPage(
        title="Cancel a session",
        caption=found.title,
        lead="Everybody who has booked, or waits for a place, gets a letter with the reason.",
        warning="A cancelled session cannot be brought back.",
        button="Cancel session",
        button_kind="warning",
        back=reverse("training_session", args=[found.pk]),
        done="The session is cancelled, and everybody is told.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.cancel_session(by=person_of(request), session=found, **form.cleaned_data),
    )
