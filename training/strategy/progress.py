"""How far the strategy has got: for its page, and for the report to the committee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from training.models import ActionState, Phase, StrategyAction
from training.models.timetable import OPEN
from training.strategy.past import as_on

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
    """How far the strategy has got; for a day that is over, as it stood at the end of that day.

    Two queries, and one more for the past, which is taken from the audit trail: what was added,
    put off, done, dropped or taken up again later had not happened yet. The owner, the aim and the
    day first agreed are those of now.
    """
    today = timezone.localdate()
    day = on or today
    phases = list(Phase.objects.all())
    actions = list(StrategyAction.objects.select_related("phase", "aim", "owner"))
    if day < today:
        phases, actions = as_on(day, phases, actions)
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


def _of(phase: Phase, actions: Sequence[StrategyAction], day: date) -> PhaseProgress:
    mine = tuple(each for each in actions if each.phase_id == phase.pk)
    late = sum(each.state in OPEN and each.due_on < day for each in mine)
    return PhaseProgress(phase, mine, late)
