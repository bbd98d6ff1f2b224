"""The strategy's timetable: its progress, and keeping its phases and actions."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.access import demand, holds
from accounts.models import User
from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from audit.models import Entry
from audit.presenters import sentence
from training.actions import timetable as actions
from training.forms.timetable import MoveForm, PhaseForm, PlanForm, as_moved, as_planned
from training.models import ActionState, Phase, StrategyAction
from training.sections import training_sections
from training.strategy.progress import progress

SHOWN = frozenset({"image/jpeg", "image/png"})


@login_required
def strategy(request: HttpRequest) -> HttpResponse:
    me, found = person_of(request), progress()
    mine = request.GET.get("show") == "mine"
    context = {
        "sections": training_sections(me, "strategy"),
        "progress": found,
        "bars": [(each.phase.name, each.percent) for each in found.phases],
        "message": f"{found.done} of {found.counted} actions are done.",
        "only_mine": mine,
        "me": me,
        "may_keep": holds(me, Permission.KEEP_TIMETABLE),
    }
    return render(request, "training/strategy/strategy.html", context)


@login_required
def action(request: HttpRequest, action_id: int) -> HttpResponse:
    me, found = person_of(request), _action(action_id)
    keeps = holds(me, Permission.KEEP_TIMETABLE)
    entries = Entry.objects.about("training.strategyaction", str(found.pk))
    context = {
        "action": found,
        "may_keep": keeps,
        "may_move": keeps or found.owner == me,
        "history": [
            {
                "title": sentence(each, "this action"),
                "by": each.actor_name,
                "at": each.at,
                "text": each.reason,
            }
            for each in entries.order_by("-sequence")[:50]
        ],
    }
    return render(request, "training/strategy/action.html", context)


@permission_required(Permission.KEEP_TIMETABLE)
def add_phase(request: HttpRequest) -> HttpResponse:
    form = PhaseForm(request.POST or None, initial={"position": Phase.objects.count() + 1})
    page = FormPage("Add a phase", "Add phase", reverse("strategy"), "The phase is added.")
    return answer(
        request,
        page,
        form,
        lambda: actions.add_phase(by=person_of(request), **form.cleaned_data),
    )


@permission_required(Permission.KEEP_TIMETABLE)
def change_phase(request: HttpRequest, phase_id: int) -> HttpResponse:
    found = get_object_or_404(Phase, pk=phase_id)
    names = ("name", "position", "ends_on")
    form = PhaseForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    page = FormPage("Change the phase", "Save", reverse("strategy"), "The phase is saved.")
    return answer(
        request,
        page,
        form,
        lambda: actions.change_phase(by=person_of(request), phase=found, **form.cleaned_data),
    )


@permission_required(Permission.KEEP_TIMETABLE)
def add(request: HttpRequest) -> HttpResponse:
    form = PlanForm(request.POST or None)
    page = FormPage("Add an action", "Add action", reverse("strategy"), "The action is added.")
    return answer(
        request, page, form, lambda: actions.add_action(by=person_of(request), plan=form.plan())
    )


@permission_required(Permission.KEEP_TIMETABLE)
def change(request: HttpRequest, action_id: int) -> HttpResponse:
    found = _action(action_id)
    form = PlanForm(request.POST or None, initial=as_planned(found))
    back = reverse("strategy_action", args=[found.pk])
    page = FormPage("Change the action", "Save", back, "The action is saved.", found.what)
    return answer(
        request,
        page,
        form,
        lambda: actions.change_action(
            by=person_of(request),
            action=found,
            plan=form.plan(),
            seen=form.cleaned_data["seen"] or 0,
        ),
    )


@login_required
def move(request: HttpRequest, action_id: int) -> HttpResponse:
    """Saying how far it has got: its owner, and whoever keeps the timetable."""
    me, found = person_of(request), _action(action_id)
    _refuse_others(me, found)
    form = MoveForm(request.POST or None, request.FILES or None, initial=as_moved(found))
    back = reverse("strategy_action", args=[found.pk])
    page = FormPage("How far has it got?", "Save", back, "The timetable is up to date.", found.what)
    return answer(request, page, form, lambda: _move(me, found, form))


def _move(me: User, found: StrategyAction, form: MoveForm) -> StrategyAction:
    given = {**form.cleaned_data, "seen": form.cleaned_data["seen"] or 0}
    state = ActionState(given.pop("state"))
    return actions.move_action(by=me, action=found, state=state, **given)


@login_required
def picture(request: HttpRequest, action_id: int) -> HttpResponseBase:
    """The picture that shows it, as the type that we made it."""
    found = _action(action_id)
    if not found.picture or found.picture_type not in SHOWN:
        raise Http404
    try:
        opened = found.picture.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    shown = FileResponse(opened, content_type=found.picture_type)
    shown["X-Content-Type-Options"] = "nosniff"
    shown["Content-Security-Policy"] = "default-src 'none'; sandbox"
    shown["Cache-Control"] = "private, max-age=3600"
    shown["Cross-Origin-Resource-Policy"] = "same-origin"
    return shown


def _refuse_others(me: User, action: StrategyAction) -> None:
    if action.owner != me:
        demand(me, Permission.KEEP_TIMETABLE)


def _action(action_id: int) -> StrategyAction:
    rows = StrategyAction.objects.select_related("phase", "aim", "owner")
    return get_object_or_404(rows, pk=action_id)
