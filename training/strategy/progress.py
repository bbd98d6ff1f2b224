"""How far the strategy has got: for its page, and for the report to the committee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from training.models import ActionState, Phase, StrategyAction
from training.models.timetable import OPEN

NEXT = timedelta(days=60)
COMPLETE = "Complete"


@dataclass(frozen=True, slots=True)
class PhaseProgress:
    """One phase, with the actions that are still meant to be done: dropped ones do not count."""

    phase: Phase
    actions: tuple[StrategyAction, ...]
    """All of them, dropped ones too."""
    late: int

    @property
    def counted(self) -> list[StrategyAction]:
        return [each for each in self.actions if each.state != ActionState.DROPPED]

    @property
    def done(self) -> int:
        return sum(each.state == ActionState.DONE for each in self.counted)

    @property
    def percent(self) -> int:
        """Of a phase without actions: 0."""
        return 100 * self.done // len(self.counted) if self.counted else 0

    @property
    def expected_on(self) -> date:
        """The planned end, or the last day that is agreed of what is open, if that is later."""
        open_days = [each.due_on for each in self.counted if each.state in OPEN]
        return max([self.phase.ends_on, *open_days])

    @property
    def words(self) -> str:
        """As a report says it: “Complete”, “Delayed until 31 May 2026”, “Late”, “On time”."""
        if self.counted and self.done == len(self.counted):
            return COMPLETE
        if self.late:
            return "Late"
        if not self.counted:
            return "Nothing planned"
        if self.expected_on > self.phase.ends_on:
            return f"Delayed until {self.expected_on:%-d %B %Y}"
        return "On time"


@dataclass(frozen=True, slots=True)
class Progress:
    """The whole timetable on one day."""

    on: date
    phases: tuple[PhaseProgress, ...]
    late: tuple[StrategyAction, ...]
    """Open, and the day as last agreed is over; the longest late first."""
    due_next: tuple[StrategyAction, ...]
    """Open, and due within the next 60 days; the soonest first."""
    done: int
    counted: int
    dropped: int

    @property
    def percent(self) -> int:
        return 100 * self.done // self.counted if self.counted else 0


def progress(on: date | None = None) -> Progress:
    """How far the strategy has got, with what is on record now, measured against that day.

    Two queries. An action counts as done on a day only if it was done by then.
    """
    day = on or timezone.localdate()
    phases = list(Phase.objects.all())
    actions = list(StrategyAction.objects.select_related("phase", "aim", "owner"))
    for each in actions:
        _as_on(each, day)
    found = tuple(_of(phase, actions, day) for phase in phases)
    open_ones = sorted((a for a in actions if a.state in OPEN), key=lambda a: (a.due_on, a.pk))
    counted = [each for each in actions if each.state != ActionState.DROPPED]
    return Progress(
        on=day,
        phases=found,
        late=tuple(each for each in open_ones if each.due_on < day),
        due_next=tuple(each for each in open_ones if day <= each.due_on <= day + NEXT),
        done=sum(each.state == ActionState.DONE for each in counted),
        counted=len(counted),
        dropped=len(actions) - len(counted),
    )


def _as_on(action: StrategyAction, day: date) -> None:
    """What was done only afterwards was still under way on that day."""
    if action.state == ActionState.DONE and action.done_on and action.done_on > day:
        action.state = ActionState.UNDER_WAY


def _of(phase: Phase, actions: Sequence[StrategyAction], day: date) -> PhaseProgress:
    mine = tuple(each for each in actions if each.phase_id == phase.pk)
    late = sum(each.state in OPEN and each.due_on < day for each in mine)
    return PhaseProgress(phase, mine, late)
