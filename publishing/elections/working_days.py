"""Counting working days back from a poll, as the rules of elections do.

Disregarded are Saturdays and Sundays, Christmas Eve, Christmas Day, Good Friday, bank holidays of
the nation, and days appointed for public thanksgiving or mourning (Local Elections (Principal
Areas) (England and Wales) Rules 2006, Schedule 2, rule 2, and the like); in Scotland Easter Monday
as well. The day of the poll itself is not counted.

Which days are bank holidays, and which were entered by hand: see `publishing.bank_holidays`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from publishing.bank_holidays import added_by_hand, bank_holidays
from publishing.elections.timetables import Timetable, timetable_of
from publishing.models import Nation, PollKind

SATURDAY = 5
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Disregarded:
    """A weekday that is no working day, and why."""

    on: date
    name: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The latest day for the notice of election, and how it was reckoned."""

    poll_on: date
    latest: date
    earliest: date | None
    """Before this day the notice may not be published, where the law says so."""
    timetable: Timetable
    passed_over: tuple[Disregarded, ...]
    """Weekdays between `latest` and the poll that did not count, the last first."""


def reckon(poll_on: date, nation: Nation, kind: PollKind) -> Reckoning:
    """The latest day for the notice of election of a poll. One query."""
    timetable = timetable_of(nation, kind)
    nations = timetable.holidays_of or (nation,)
    disregarded = Disregards(nations, added_by_hand(nations))
    latest = working_day_before(poll_on, timetable.latest, disregarded)
    earliest = timetable.earliest
    return Reckoning(
        poll_on=poll_on,
        latest=latest,
        earliest=working_day_before(poll_on, earliest, disregarded) if earliest else None,
        timetable=timetable,
        passed_over=tuple(_passed_over(latest, poll_on, disregarded)),
    )


def working_day_before(day: date, number: int, disregarded: Disregards) -> date:
    """The working day that is the `number`th before `day`, which is not counted itself."""
    while number:
        day -= DAY
        if day.weekday() < SATURDAY and not disregarded.why(day):
            number -= 1
    return day


@dataclass(frozen=True, slots=True)
class Disregards:
    """Which weekdays are no working days in any of some nations."""

    nations: tuple[Nation, ...]
    added: Mapping[date, str]

    def why(self, day: date) -> str:
        """What the day is called; empty for a working day. Weekends are not asked about."""
        if (day.month, day.day) == (12, 24):
            return "Christmas Eve"
        known = (_not_worked(nation, day) for nation in self.nations)
        return next(filter(None, known), "") or self.added.get(day, "")


def _not_worked(nation: Nation, day: date) -> str:
    """The bank holiday of that day; in Scotland, where it is none, Easter Monday as well."""
    days = bank_holidays(nation, day.year)
    if nation == Nation.SCOTLAND and days.get(day - 3 * DAY) == "Good Friday":
        return days.get(day, "Easter Monday")
    return days.get(day, "")


def _passed_over(first: date, poll_on: date, disregarded: Disregards) -> Iterator[Disregarded]:
    day = poll_on - DAY
    while day >= first:
        if day.weekday() < SATURDAY and (name := disregarded.why(day)):
            yield Disregarded(day, name)
        day -= DAY
