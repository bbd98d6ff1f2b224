"""Days that planners must know of: bank holidays, and elections."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from publishing.bank_holidays import days_off, own_nation
from publishing.models import ElectionPeriod
from publishing.planning.spans import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be said about a day."""

    words: str
    is_election: bool = False
    href: str = ""
    """Of an election: the page that says what may be published then."""


def election_periods(span: Span) -> list[ElectionPeriod]:
    """Those that touch the days of the span, the earliest first. One query."""
    there = ElectionPeriod.objects.filter(
        cancelled_at__isnull=True, notice_on__lte=span.last, poll_on__gte=span.first
    )
    return list(there.order_by("notice_on", "pk"))


def marks_of(span: Span, periods: list[ElectionPeriod]) -> dict[date, list[Mark]]:
    """What is to be said about days of the span, in words; nothing of the others. One query."""
    marks: dict[date, list[Mark]] = defaultdict(list)
    for day, name in days_off(own_nation(), span.first, span.last).items():
        marks[day].append(Mark(name))
    for period in periods:
        for day in _days(max(span.first, period.notice_on), min(span.last, period.poll_on)):
            guide = reverse("election_guide", args=[period.pk])
            marks[day].append(Mark(_of_election(period, day), is_election=True, href=guide))
    return marks


def _of_election(period: ElectionPeriod, day: date) -> str:
    if day == period.notice_on:
        return f"Notice of election: {period}"
    if day == period.poll_on:
        return f"Polling day: {period}"
    return f"Pre-election period: {period}"


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
