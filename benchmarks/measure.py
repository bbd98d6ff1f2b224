"""A figure: what was measured over its limit, the median of several rounds in one run."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """`ratio` is `measured / limit`, each the median of the rounds; `aim` says what is good."""

    name: str
    measured: float
    limit: float
    ratio: float
    unit: str
    aim: str
    met: bool
    rounds: tuple[float, ...]
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def figure(
    name: str,
    pairs: Sequence[tuple[float, float]],
    *,
    unit: str,
    at_least: float | None = None,
    at_most: float | None = None,
    note: str = "",
) -> Figure:
    """The figure of `pairs` (measured, limit), one pair a round."""
    ratios = [measured / limit for measured, limit in pairs]
    ratio = statistics.median(ratios)
    if at_least is not None:
        aim, met = f"at least {at_least:g}", ratio >= at_least
    elif at_most is not None:
        aim, met = f"at most {at_most:g}", ratio <= at_most
    else:
        aim, met = "for information", True
    return Figure(
        name=name,
        measured=statistics.median(measured for measured, _ in pairs),
        limit=statistics.median(limit for _, limit in pairs),
        ratio=ratio,
        unit=unit,
        aim=aim,
        met=met,
        rounds=tuple(round(one, 3) for one in ratios),
        note=note,
    )


def p95(values: Sequence[float]) -> float:
    """The 95th percentile: 95 of 100 values are not above it."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def rounds(one: Callable[[], tuple[float, float]], count: int = ROUNDS) -> list[tuple[float, float]]:
    """`count` rounds of a measurement after one that warms up and is thrown away."""
    one()
    return [one() for _ in range(count)]


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines for a terminal."""
    width = max(len(one.name) for one in figures)
    lines = [f"{'':{width}}  {'measured':>12}  {'limit':>12}  {'ratio':>7}  aim"]
    for one in figures:
        mark = "met" if one.met else "NOT MET"
        lines.append(
            f"{one.name:{width}}  {one.measured:>12,.2f}  {one.limit:>12,.2f}  "
            f"{one.ratio:>7.3f}  {one.aim}: {mark}  [{one.unit}]"
        )
        if one.note:
            lines.append(f"{'':{width}}    {one.note}")
    return "\n".join(lines)
