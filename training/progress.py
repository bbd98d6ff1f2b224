"""How many of those who should have a course in date had it, month by month, by service area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import ServiceArea, User
from pages.days import midnight_after, months_after
from training.conditions import Judged, judged

MONTHS = 12
NOWHERE = "No service area"


@dataclass(slots=True)
class Share:
    """Of so many cases (a person and a course that counts for them), so many in date."""

    cases: int = 0
    in_date: int = 0

    @property
    def per_cent(self) -> int | None:
        """Rounded down, so that only all of them are a hundred; None where there was no case."""
        return self.in_date * 100 // self.cases if self.cases else None

    @property
    def words(self) -> str:
        return "Nobody" if self.per_cent is None else f"{self.per_cent}%"


@dataclass(frozen=True, slots=True)
class Month:
    """The last day of a month, the share of all, and of each part of the council by its name."""

    day: date
    whole: Share = field(default_factory=Share)
    parts: dict[str, Share] = field(default_factory=dict)


def month_ends(today: date, months: int = MONTHS) -> list[date]:
    """The last days of the months that are over, the oldest first."""
    first = today.replace(day=1)
    return [months_after(first, -back) - timedelta(days=1) for back in reversed(range(months))]


def months(
    course_id: int | None, *, everybody: bool, by_directorate: bool, today: date | None = None
) -> list[Month]:
    """Of one course or of all, at the end of each of the last twelve months.

    As it was on record then, of people employed then, in the service area they are in now. Of
    those whom an assignment or posting asked; or of `everybody`. Six queries a month at most.
    """
    names = _names(by_directorate=by_directorate)
    return [
        _month(day, course_id, names, everybody=everybody)
        for day in month_ends(today or timezone.localdate())
    ]


def _month(
    day: date, course_id: int | None, names: dict[int | None, str], *, everybody: bool
) -> Month:
    at = midnight_after(day)
    things = [
        each
        for each in judged(policies=False, on=day, at=at)
        if course_id is None or each.thing.pk == course_id
    ]
    month = Month(day)
    for area_id, cases, in_date in _counted(things, day, everybody=everybody):
        part = month.parts.setdefault(names.get(area_id, NOWHERE), Share())
        for share in (part, month.whole):
            share.cases += cases
            share.in_date += in_date
    return month


def _counted(
    things: Sequence[Judged], day: date, *, everybody: bool
) -> Iterator[tuple[int | None, int, int]]:
    """For each service area how many cases there were, and how many in date. One query."""
    if not things:
        return
    stayed = Q(employed_until=None) | Q(employed_until__gte=day)
    there = User.objects.filter(stayed, is_active=True, joined_at__lt=midnight_after(day))
    counts: dict[str, Count] = {}
    for number, thing in enumerate(things):
        case = Q(pk__isnull=False) if everybody else thing.asked()
        counts[f"cases_{number}"] = Count("pk", filter=case)
        counts[f"in_date_{number}"] = Count("pk", filter=case & thing.in_date())
    for row in there.order_by().values("service_area_id").annotate(**counts):
        sums: Counter[str] = Counter()
        for name, number_of in row.items():
            if name != "service_area_id":
                sums[name.rpartition("_")[0]] += number_of
        yield row["service_area_id"], sums["cases"], sums["in_date"]


def _names(*, by_directorate: bool) -> dict[int | None, str]:
    areas = {area.pk: area for area in ServiceArea.objects.all()}
    if not by_directorate:
        return {pk: area.name for pk, area in areas.items()}
    return {pk: _top(area, areas).name for pk, area in areas.items()}


def _top(area: ServiceArea, areas: dict[int, ServiceArea]) -> ServiceArea:
    first = area.path.strip("/").partition("/")[0]
    return areas.get(int(first), area) if first else area


def message(found: Iterable[Month]) -> str:
    """What they show, in a sentence or two; "" where nobody was asked."""
    known = [month for month in found if month.whole.per_cent is not None]
    if not known:
        return ""
    first, last = known[0], known[-1]
    now, before = last.whole.per_cent or 0, first.whole.per_cent or 0
    said = f"At the end of {last.day:%B %Y}, {now}% were in date"
    if first is not last:
        change = now - before
        points = f"{abs(change)} point{'' if abs(change) == 1 else 's'}"
        than = f"at the end of {first.day:%B %Y}"
        said += (
            f", {points} {'more' if change > 0 else 'fewer'} than {than}"
            if change
            else (f", as many as {than}")
        )
    parts = {name: share.per_cent for name, share in last.parts.items()}
    lowest = min(
        ((share, name) for name, share in parts.items() if share is not None), default=None
    )
    if lowest and len(parts) > 1:
        said += f". The lowest is {lowest[1]} with {lowest[0]}%"
    return f"{said}."
