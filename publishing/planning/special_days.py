"""Days that planners must know of: bank holidays, and elections."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from publishing.models import ElectionPeriod
from publishing.planning.spans import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be said about a day."""

    words: str
    is_election: bool = False


def election_periods(span: Span) -> list[ElectionPeriod]:
    """Those that touch the days of the span, the earliest first. One query."""
    there = ElectionPeriod.objects.filter(
        cancelled_at__isnull=True, notice_on__lte=span.last, poll_on__gte=span.first
    )
    return list(there.order_by("notice_on", "pk"))


def marks_of(span: Span, periods: list[ElectionPeriod]) -> dict[date, list[Mark]]:
    """What is to be said about days of the span, in words; nothing of the others."""
    marks: dict[date, list[Mark]] = defaultdict(list)
    for day in _days(span.first, span.last):
        if name := _bank_holidays(day.year).get(day):
            marks[day].append(Mark(name))
    for period in periods:
        for day in _days(max(span.first, period.notice_on), min(span.last, period.poll_on)):
            mark = Mark(_of_election(period, day), is_election=True)
            if mark not in marks[day]:
                marks[day].append(mark)
    return marks


def _of_election(period: ElectionPeriod, day: date) -> str:
    if day == period.notice_on:
        return f"Notice of election: {period}"
    return f"Polling day: {period}" if day == period.poll_on else "Pre-election period"


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@lru_cache(maxsize=32)
def _bank_holidays(year: int) -> dict[date, str]:
    """England's, as the Banking and Financial Dealings Act 1971 and proclamations have them."""
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))
