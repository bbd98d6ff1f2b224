"""The days of a month or a week as the calendar's table draws them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from publishing.planning.addresses import Addresses
from publishing.planning.entries import Drawn
from publishing.planning.spans import Span
from publishing.planning.special_days import Mark
from publishing.repeating.coming import ToCome


@dataclass(frozen=True, slots=True)
class Day:
    """One cell. Of a day beside the month only the number is shown."""

    on: date
    is_within: bool
    is_today: bool
    href: str
    """The list of all its posts."""
    write: str
    """Where a post for this day is begun; "" where the reader may not, or the day is over."""
    marks: list[Mark]
    drawn: Drawn
    planned: Sequence[ToCome] = ()
    """What repeats and comes then, and is not made yet: the first few."""
    planned_more: int = 0

    @property
    def words(self) -> str:
        return f"{self.on:%A} {self.on.day} {self.on:%B %Y}"

    @property
    def is_pre_election(self) -> bool:
        return any(mark.is_election for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Table:
    """What every cell needs besides its day."""

    span: Span
    today: date
    marks: dict[date, list[Mark]]
    drawn: dict[date, Drawn]
    addresses: Addresses
    planned: dict[date, list[ToCome]]
    most: int
    """What is drawn of a day at most, of posts and of those to be made each."""
    writes: bool
    """Whether the reader may write posts at all: then days to come have a link to begin one."""

    def weeks(self, weeks: Iterable[Iterable[date]]) -> list[list[Day]]:
        return [[self._day(on) for on in week] for week in weeks]

    def _day(self, on: date) -> Day:
        within = self.span.holds(on)
        planned = self.planned.get(on, []) if within else []
        return Day(
            on,
            is_within=within,
            is_today=on == self.today,
            href=self.addresses.of_day(on),
            write=_write(on) if within and self.writes and on >= self.today else "",
            marks=self.marks.get(on, []) if within else [],
            drawn=self.drawn.get(on, Drawn()),
            planned=planned[: self.most],
            planned_more=max(0, len(planned) - self.most),
        )


def _write(on: date) -> str:
    return f"{reverse('post_new')}?{urlencode({'publish_on': on.isoformat()})}"
