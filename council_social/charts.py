"""Where the bars and the line of a chart go: sums only, the drawing is in the templates.

Across, everything is in per cent of the width, so that a chart fits 320 pixels with its letters at
their full size; up and down it is in pixels.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

HEIGHT = 180
TOP = 10
MOST_LABELS = 8
MOST_LABELS_ON_A_PHONE = 4
ROW = 42


@dataclass(frozen=True, slots=True)
class Point:
    label: str
    value: float

    @property
    def words(self) -> str:
        """The value as people read it: 1,234 or 3.5."""
        return f"{self.value:,.0f}" if float(self.value).is_integer() else f"{self.value:,.1f}"


class Bar(NamedTuple):
    """One bar; the template names its parts in this order."""

    point: Point
    x: float
    width: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: `at` in per cent across or pixels down; minor ones leave a phone."""

    label: str
    at: float
    minor: bool = False
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Chart:
    points: Sequence[Point]
    bars: Sequence[Bar]
    across: Sequence[Tick]
    up: Sequence[Tick]
    line: str
    area: str
    height: int

    @property
    def base(self) -> int:
        return TOP + HEIGHT


Values = Iterable[Point | tuple[str | date, float]]


def points_of(values: Values) -> list[Point]:
    """Points from pairs; a day is written "23 Nov"."""
    return [value if isinstance(value, Point) else _point(*value) for value in values]


def over_time(values: Values, most: float | None = None) -> Chart:
    """Values in order from left to right: as columns, or as a line.

    `most`: how far up it goes, where that is known beforehand, as of shares in per cent.
    """
    points = points_of(values)
    most = most or nice_ceiling(max((point.value for point in points), default=0))
    step = 100 / max(len(points), 1)
    bars = [
        Bar(
            point,
            x=round(at * step + step * 0.12, 3),
            width=round(step * 0.76, 3),
            y=round(TOP + HEIGHT - point.value / most * HEIGHT, 2),
            height=round(point.value / most * HEIGHT, 2),
        )
        for at, point in enumerate(points)
    ]
    corners = [f"{at * step + step / 2:.3f},{bar.y}" for at, bar in enumerate(bars)]
    last = f"{(len(points) - 0.5) * step:.3f}"
    return Chart(
        points=points,
        bars=bars,
        across=_ticks(points, step),
        up=_grid(most),
        line=" ".join(corners),
        area=f"{step / 2:.3f},{TOP + HEIGHT} {' '.join(corners)} {last},{TOP + HEIGHT}",
        height=TOP + HEIGHT + 26,
    )


def by_name(values: Values) -> Chart:
    """A few named values, each a row with its name, its bar and its figure."""
    points = points_of(values)
    most = max((point.value for point in points), default=0) or 1
    bars = [
        # Room for the figure at the end of the longest bar.
        Bar(point, x=0, width=round(point.value / most * 84, 3), y=at * ROW + 20, height=14)
        for at, point in enumerate(points)
    ]
    return Chart(points, bars, (), (), "", "", len(points) * ROW)


def nice_ceiling(value: float) -> float:
    """The next of 4, 8, 20, 40, 80, 200, … : it divides into four whole steps."""
    if value <= 4:
        return 4
    power = int(10 ** math.floor(math.log10(value)))
    return next(m * power for m in (2, 4, 8, 20) if m * power >= value and (m * power) % 4 == 0)


def _point(label: str | date, value: float) -> Point:
    return Point(f"{label.day} {label:%b}" if isinstance(label, date) else label, value)


def _grid(most: float) -> list[Tick]:
    return [
        Tick(f"{most * part / 4:,.0f}", round(TOP + HEIGHT - HEIGHT * part / 4, 2))
        for part in range(5)
    ]


def _ticks(points: Sequence[Point], step: float) -> list[Tick]:
    every = max(1, math.ceil(len(points) / MOST_LABELS))
    every_on_a_phone = every * math.ceil(MOST_LABELS / MOST_LABELS_ON_A_PHONE)
    few = len(points) <= MOST_LABELS_ON_A_PHONE
    return [
        Tick(
            points[at].label,
            round(at * step + step / 2, 3),
            minor=not few and at % every_on_a_phone != 0,
            anchor="start" if at == 0 and len(points) > MOST_LABELS else "middle",
        )
        for at in range(0, len(points), every)
    ]
