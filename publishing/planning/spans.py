"""Spans of days that the calendar shows: a month, a week, one day. All days are London's."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from pages.days import FIRST_DAY, LAST_DAY, midnight_after, months_after

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the last. `key` and `value` are how an address asks for it."""

    key: str
    value: str
    words: str
    first: date
    last: date

    @property
    def begins(self) -> datetime:
        """The moment at which the first day begins in London."""
        return timezone.make_aware(datetime.combine(self.first, time.min))

    @property
    def ends(self) -> datetime:
        """The moment at which the last day is over in London."""
        return midnight_after(self.last)

    @property
    def previous(self) -> Span | None:
        """The one before; None where the calendar ends."""
        if self.first <= FIRST_DAY:
            return None
        return _SPANS[self.key](self.first - timedelta(days=1))

    @property
    def next(self) -> Span | None:
        if self.last >= LAST_DAY:
            return None
        return _SPANS[self.key](self.last + timedelta(days=1))

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def month_of(day: date) -> Span:
    first = day.replace(day=1)
    last = months_after(first, 1) - timedelta(days=1)
    return Span("month", f"{day:%Y-%m}", f"{day:%B %Y}", first, last)


def week_of(day: date) -> Span:
    """From its Monday to its Sunday, also across the end of a year."""
    monday = day - timedelta(days=day.weekday())
    words = f"Week of {monday.day} {monday:%B %Y}"
    return Span("week", monday.isoformat(), words, monday, monday + timedelta(days=6))


def day_of(day: date) -> Span:
    return Span("day", day.isoformat(), f"{day:%A} {day.day} {day:%B %Y}", day, day)


_SPANS = {"month": month_of, "week": week_of, "day": day_of}


def month_asked(text: str) -> Span:
    """The month of "2026-11"; this month for anything else."""
    return month_of(day_asked(f"{text}-01") or timezone.localdate())


def week_asked(text: str) -> Span:
    """The week that holds the day "2026-11-23"; this week for anything else."""
    return week_of(day_asked(text) or timezone.localdate())


def day_asked(text: str) -> date | None:
    """The day "2026-11-23"; None for anything else, or for one that is too far off."""
    if not _DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def whole_weeks(month: Span) -> list[list[date]]:
    """The weeks, each from Monday to Sunday, that hold all days of a month."""
    return calendar.Calendar().monthdatescalendar(month.first.year, month.first.month)
