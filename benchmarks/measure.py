"""A figure: what was measured over its limit, the median of several rounds in one run."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

Pair = tuple[float, float]
"""What was measured in a round, and its limit."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`ratio` is the median of the rounds' ratios; `aim` says what is good."""

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
    pairs: Sequence[Pair],
    *,
    unit: str,
    at_least: float | None = None,
    at_most: float | None = None,
    note: str = "",
) -> Figure:
    """The figure of `pairs`, one a round; without an aim it is for information."""
    ratios = [measured / limit for measured, limit in pairs]
    ratio = statistics.median(ratios)
    aim, met = "for information", True
    if at_least is not None:
        aim, met = f"at least {at_least:g}", ratio >= at_least
    if at_most is not None:
        aim, met = f"at most {at_most:g}", ratio <= at_most
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


def from_json(values: dict[str, Any]) -> Figure:
    return Figure(**{**values, "rounds": tuple(values["rounds"])})


def p95(values: Iterable[float]) -> float:
    """The 95th percentile: 95 of 100 values are not above it."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def rounds(one: Callable[[], Pair], count: int) -> list[Pair]:
    """`count` rounds of a measurement, after one that warms up and is thrown away."""
    one()
    pairs = []
    for number in range(count):
        measured, limit = one()
        print(f"  round {number + 1}: {measured:,.1f} over {limit:,.1f}", flush=True)
        pairs.append((measured, limit))
    return pairs


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines for a terminal."""
    width = max(len(one.name) for one in figures)
    lines = [f"{'':{width}}  {'measured':>12}  {'limit':>12}  {'ratio':>7}  aim"]
    for one in figures:
        mark = "" if one.aim == "for information" else ": met" if one.met else ": NOT MET"
        lines.append(
            f"{one.name:{width}}  {one.measured:>12,.2f}  {one.limit:>12,.2f}  "
            f"{one.ratio:>7.3f}  {one.aim}{mark}  [{one.unit}]"
        )
        if one.note:
            lines.append(f"{'':{width}}    {one.note}")
    return "\n".join(lines)
