"""The timetable as it stood at the end of a day that is over, from the audit trail.

Rows hold how things are now. Every change of a phase or an action is in the trail with how it was
before, so the first entry after the day says how it was on the day; without one nothing changed.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from audit.models import Entry
from training.models import ActionState, Phase, StrategyAction

_PHASE, _ACTION = "training.phase", "training.strategyaction"
_STATES = {state.label: state for state in ActionState}


def as_on(
    day: date, phases: list[Phase], actions: list[StrategyAction]
) -> tuple[list[Phase], list[StrategyAction]]:
    """Those that were there, with state, reason, words, day, phase and end as they were then.

    The owner, the aim and the day first agreed are those of now. One query.
    """
    before = _before_the_first_change_after(day)
    there = [each for each in phases if before.get((_PHASE, str(each.pk)), {}) is not None]
    for phase in there:
        _put_back_phase(phase, before.get((_PHASE, str(phase.pk))) or {})
    called = {phase.name: phase for phase in there}
    found = [each for each in actions if before.get((_ACTION, str(each.pk)), {}) is not None]
    for action in found:
        _put_back_action(action, before.get((_ACTION, str(action.pk))) or {}, called)
    there.sort(key=lambda each: (each.position, each.ends_on, each.pk))
    return there, found


def _before_the_first_change_after(day: date) -> dict[tuple[str, str], dict[str, Any] | None]:
    """By type and id, how each was that changed since; None: it was not there yet."""
    ended = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    rows = Entry.objects.filter(subject_type__in=(_PHASE, _ACTION), at__gte=ended)
    found: dict[tuple[str, str], dict[str, Any] | None] = {}
    for entry in rows.order_by("sequence"):
        found.setdefault((entry.subject_type, entry.subject_id), entry.details.get("before"))
    return found


def _put_back_phase(phase: Phase, was: dict[str, Any]) -> None:
    phase.name, phase.position = was.get("name", phase.name), was.get("position", phase.position)
    if "ends_on" in was:
        phase.ends_on = date.fromisoformat(was["ends_on"])


def _put_back_action(action: StrategyAction, was: dict[str, Any], called: dict[str, Phase]) -> None:
    action.what, action.why = was.get("what", action.what), was.get("why", action.why)
    action.state = _STATES.get(was.get("state", ""), ActionState(action.state))
    if "due_on" in was:
        action.due_on = date.fromisoformat(was["due_on"])
    if action.state != ActionState.DONE:
        action.done_on = None
    action.phase = called.get(was.get("phase", ""), action.phase)
