"""Requests for accounts: the lists, a new one, and the page of one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.access import holds
from accounts.actions.deciding import STAGES, why_not
from accounts.actions.requesting import begin_request, takes_part
from accounts.forms.requests import PlaceForm, RequestFilter
from accounts.models import AccountRequest, RequestState, RequestVerdict, User
from accounts.permissions import Permission
from accounts.requests.digest import digest_of
from accounts.requests.lists import requests_visible_to, sees_all, to_accept, to_decide
from accounts.requests.tasks import RequestTask, TaskState, tasks_of, waiting_for
from accounts.requests.words import cards_of
from accounts.sections import Tab, register_sections
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from pages.keyset import page_of

NEWEST_FIRST = ("-asked_at", "-id")
COLOURS = {
    RequestState.DRAFT: "grey",
    RequestState.WITH_MANAGER: "blue",
    RequestState.WITH_COMMUNICATIONS: "purple",
    RequestState.ACCEPTED: "green",
    RequestState.REFUSED: "red",
    RequestState.WITHDRAWN: "grey",
}
TASK_COLOURS = {
    TaskState.NOT_STARTED: "grey",
    TaskState.INCOMPLETE: "blue",
    TaskState.WAITING: "yellow",
    TaskState.DONE: "green",
}
VERDICT_WORDS = {
    RequestVerdict.YES: {"manager": "Supported", "communications": "Accepted"},
    RequestVerdict.RETURNED: {"manager": "Returned", "communications": "Returned"},
    RequestVerdict.NO: {"manager": "Refused", "communications": "Refused"},
}


@permission_required(Permission.SEE_REGISTER)
def requests(request: HttpRequest) -> HttpResponse:
    """Mine, those that wait for me, and all that I may see. As many queries for any number."""
    reader = person_of(request)
    show = request.GET.get("show", "mine")
    form = RequestFilter(request.GET)
    rows = _shown(reader, show)
    if form.is_valid() and form.cleaned_data["state"]:
        rows = rows.filter(state=form.cleaned_data["state"])
    page = page_of(
        rows.select_related("account__service_area", "asked_by"), NEWEST_FIRST, request.GET
    )
    context = {
        "sections": register_sections(reader, "requests"),
        "views": _views(reader, show),
        "form": form,
        "page": page,
        "rows": [(each, COLOURS[RequestState(each.state)]) for each in page.rows],
        "show": show,
        "is_filtered": form.is_valid() and bool(form.cleaned_data["state"]),
        "may_ask": holds(reader, Permission.ASK_FOR_ACCOUNT),
    }
    return render(request, "accounts/requests/list.html", context)


@permission_required(Permission.ASK_FOR_ACCOUNT)
def new(request: HttpRequest) -> HttpResponse:
    """Where the account is to be; the rest is asked task by task."""
    form = PlaceForm(request.POST or None)
    page = FormPage(
        title="Ask for an account",
        lead="Say where it is to be. What else is needed follows as a list of tasks, which you can"
        " do in any order and leave at any time.",
        button="Save and go on",
        back=reverse("requests"),
        done="The request is begun.",
        on=lambda made: reverse("request", args=[made.pk]),
    )
    return answer(
        request, page, form, lambda: begin_request(by=person_of(request), **form.cleaned_data)
    )


@permission_required(Permission.SEE_REGISTER)
def one(request: HttpRequest, request_id: int) -> HttpResponse:
    """The task list while it is written; then all answers, what was decided, and the buttons."""
    reader = person_of(request)
    found = visible_request(reader, request_id)
    writes = found.state == RequestState.DRAFT and takes_part(reader, found)
    context = {
        "asked": found,
        "state": RequestState(found.state).label,
        "colour": COLOURS[RequestState(found.state)],
        "decisions": decisions_of(found),
        "writes": writes,
        "may_withdraw": takes_part(reader, found) and found.state in (*STAGES, RequestState.DRAFT),
        "is_asked": found.state == RequestState.DRAFT and reader in waiting_for(found),
    }
    if writes:
        tasks = tasks_of(found)
        context["items"] = [_line(task, found) for task in tasks]
        context["left"] = sum(task.state is not TaskState.DONE for task in tasks)
        return render(request, "accounts/requests/tasks.html", context)
    context |= {
        "cards": cards_of(found),
        "assessment": next(iter(found.account.risk_assessments.all()), None),
        **_deciding(found, reader),
    }
    return render(request, "accounts/requests/request.html", context)


def visible_request(reader: User, request_id: int) -> AccountRequest:
    """The request with all its answers, or 404."""
    rows = requests_visible_to(reader).with_answers()
    return get_object_or_404(rows, pk=request_id)


def decisions_of(request: AccountRequest) -> list[dict[str, Any]]:
    """What was decided so far, the newest first, as the timeline draws it."""
    return [
        {
            "title": VERDICT_WORDS[RequestVerdict(each.verdict)][each.stage],
            "by": f"{each.by.name}, {each.get_stage_display().lower()}",
            "at": each.at,
            "text": each.reason,
        }
        for each in request.decisions.select_related("by").order_by("-at", "-id")
    ]


def _shown(reader: User, show: str) -> Any:
    if show == "waiting":
        keys = [to_accept(reader).values("pk"), to_decide(reader).values("pk")]
        rows = AccountRequest.objects.all()
        return rows.filter(pk__in=keys[0]) | rows.filter(pk__in=keys[1])
    if show == "all" and sees_all(reader):
        return requests_visible_to(reader)
    return AccountRequest.objects.involving(reader)


def _views(reader: User, show: str) -> list[Tab]:
    shown = [("mine", "Yours"), ("waiting", "Waiting for you")]
    if sees_all(reader):
        shown.append(("all", "All requests"))
    return [
        Tab(text, f"{reverse('requests')}?show={key}", key == show or (key, show) == ("mine", ""))
        for key, text in shown
    ]


def _line(task: RequestTask, request: AccountRequest) -> dict[str, str]:
    """One task as `components/task_list.html` draws it."""
    state = f"Waiting for {' and '.join(task.waits_for)}" if task.waits_for else task.state.value
    is_waiting = task.state is TaskState.WAITING
    return {
        "text": task.text,
        "hint": " ".join(task.missing) if task.state is TaskState.INCOMPLETE else task.hint,
        "href": _where(task.key, request),
        "state": state if is_waiting else task.state.value,
        "colour": TASK_COLOURS[task.state],
    }


def _where(key: str, request: AccountRequest) -> str:
    if key == "risk":
        made = request.account.risk_assessments.all()
        return reverse("risk" if made else "risk_new", args=[request.account_id])
    return reverse("request_task", args=[request.pk, key])


def _deciding(request: AccountRequest, reader: User) -> dict[str, Any]:
    """Whether the reader decides now, and if not, why or who does."""
    stage = STAGES.get(RequestState(request.state))
    if stage is None:
        return {"may_decide": False}
    is_theirs = (
        reader.pk == request.line_manager_id
        if request.state == RequestState.WITH_MANAGER
        else holds(reader, Permission.DECIDE_REQUEST)
    )
    refused = why_not(reader, request)
    return {
        "may_decide": is_theirs and not refused,
        "why_not": refused if is_theirs or takes_part(reader, request) else "",
        "digest": digest_of(request),
        "yes": "Support" if request.state == RequestState.WITH_MANAGER else "Accept",
    }
