"""Where the squares of a week's picture go: a row for each weekday, a column for each hour."""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

LEFT, TOP, ROW = 12.0, 4, 28
"""Room for the names of the days, in per cent across; the rest in pixels."""
LEVELS = 4
EVERY = 3


class Counted(Protocol):
    """An hour of the week: Monday is 0."""

    @property
    def weekday(self) -> int: ...
    @property
    def hour(self) -> int: ...
    @property
    def posts(self) -> int: ...
    @property
    def mean(self) -> float: ...
    @property
    def counts(self) -> bool: ...
    @property
    def words(self) -> str: ...


class Square(NamedTuple):
    """The template names its parts in this order."""

    hour: Counted
    x: float
    y: int
    level: int
    is_best: bool


@dataclass(frozen=True, slots=True)
class HeatMap:
    squares: Sequence[Square]
    days: Sequence[tuple[str, int]]
    hours: Sequence[tuple[str, float]]
    width: float
    height: int


def heat_map(hours: Sequence[Counted], best: Counted | None) -> HeatMap:
    """Level 1 to 4 by reactions a post, 0 for none; only hours from the first to the last used.

    An hour with too few posts to count is level -1: it is outlined, and not filled.
    """
    first = min((each.hour for each in hours), default=0)
    last = max((each.hour for each in hours), default=23)
    step = (100 - LEFT) / (last - first + 1)
    most = max((each.mean for each in hours if each.counts), default=0) or 1
    squares = [
        Square(
            each,
            round(LEFT + (each.hour - first) * step, 3),
            TOP + each.weekday * ROW,
            _level(each, most),
            each == best,
        )
        for each in hours
    ]
    return HeatMap(
        squares,
        [(calendar.day_abbr[day], TOP + day * ROW) for day in range(7)],
        [
            (_clock(hour), round(LEFT + (hour - first) * step, 3))
            for hour in range(first, last + 1)
            if (hour - first) % EVERY == 0
        ],
        round(step * 0.92, 3),
        TOP + 7 * ROW + 22,
    )


def _level(hour: Counted, most: float) -> int:
    return math.ceil(hour.mean / most * LEVELS) if hour.counts else -1


def _clock(hour: int) -> str:
    return f"{hour % 12 or 12}{'am' if hour < 12 else 'pm'}"
