"""The time of the story: ours and the sandbox's, moved on together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import time_machine

from platforms.sandbox.remote import Control

LONDON = ZoneInfo("Europe/London")
Deed = Callable[[], object]


@dataclass
class Story:
    """Deeds with their times, done in the order of time, each as if it were then.

    `now` is the end of the story: the real time. Times in the story are London's.
    """

    now: datetime
    control: Control
    deeds: list[tuple[datetime, int, Deed]] = field(default_factory=list)

    def at(self, moment: datetime, deed: Deed) -> None:
        """Something within the product."""
        self.deeds.append((moment, len(self.deeds), deed))

    def outside(self, moment: datetime, deed: Deed) -> None:
        """Something for which the platforms' clocks have to be right as well."""

        def on_time() -> None:
            self.control.settings(now=moment.timestamp())
            deed()

        self.at(moment, on_time)

    def day(self, ago: float, clock: str) -> datetime:
        """That time of the day, so many days ago; a negative number is ahead."""
        day = self.now.astimezone(LONDON).date() - timedelta(days=ago)
        return datetime.combine(day, time.fromisoformat(clock), LONDON).astimezone(UTC)

    def soon(self, minutes: float) -> datetime:
        """So many minutes from now, to a full five minutes."""
        at = self.now + timedelta(minutes=minutes)
        return at.replace(minute=at.minute - at.minute % 5, second=0, microsecond=0)

    def tell(self) -> None:
        """Do every deed, those of the same moment in the order in which they were told."""
        with time_machine.travel(self.now, tick=False) as traveller:
            try:
                for moment, _, deed in sorted(self.deeds, key=lambda deed: deed[:2]):
                    traveller.move_to(moment.astimezone(UTC), tick=False)
                    deed()
            finally:
                self.control.settings(now=None)
