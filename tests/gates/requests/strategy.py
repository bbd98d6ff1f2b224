"""What is asked of the strategy's timetable; the author owns its one action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.gates.small_council import Council
from training.actions.timetable import Plan, add_action, add_phase
from training.models import Phase, StrategyAction

Body = dict[str, Any]


def _phase(council: Council) -> Phase:
    if there := Phase.objects.filter(name="Support").first():
        return there
    today = timezone.localdate()
    return add_phase(by=council.people["officer"], name="Support", position=1, ends_on=today)


def _action(council: Council, about: str) -> list[Any]:
    plan = Plan(
        _phase(council),
        council.aim,
        "Find an ambassador in each service area",
        council.people["author"],
        timezone.localdate(),
    )
    return [add_action(by=council.people["officer"], plan=plan).pk]


def _picture(council: Council, about: str) -> list[Any]:
    """The bytes of a picture that is there anyway."""
    found = _action(council, about)
    shown = {"picture": council.media.file.name, "picture_type": "image/png"}
    StrategyAction.objects.filter(pk=found[0]).update(**shown)
    return found


def _day(ahead: int) -> str:
    return (timezone.localdate() + timedelta(days=ahead)).strftime("%d/%m/%Y")


def _plan(council: Council, about: str) -> Body:
    phase = Phase.objects.first() or _phase(council)
    return {
        "what": "Teach every site owner",
        "phase": phase.pk,
        "owner": council.people["author"].pk,
        "due_on": _day(30),
        "seen": 0,
    }


PLACES: dict[str, Callable[[Council, str], list[Any]]] = {
    **dict.fromkeys(("strategy_action", "strategy_action_change", "strategy_action_move"), _action),
    "strategy_action_picture": _picture,
    "phase_change": lambda council, about: [_phase(council).pk],
}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "phase_new": lambda council, about: {"name": "Standards", "position": 2, "ends_on": _day(9)},
    "phase_change": lambda council, about: {"name": "Help", "position": 1, "ends_on": _day(9)},
    "strategy_action_new": _plan,
    "strategy_action_change": _plan,
    "strategy_action_move": lambda council, about: {"state": "under_way", "seen": 0},
}
