"""How much is measured: the real thing, or just enough to see that it runs."""

from __future__ import annotations

import os
from dataclasses import dataclass

VARIABLE = "BENCH_QUICK"


@dataclass(frozen=True, slots=True)
class Size:
    """`rounds` of each measurement, and the part of everything that is counted in thousands."""

    rounds: int
    scale: float

    def of(self, number: int, at_least: int = 1) -> int:
        return max(at_least, int(number * self.scale))


FULL = Size(rounds=5, scale=1.0)
QUICK = Size(rounds=1, scale=0.01)
"""Its figures say nothing; it is for tests."""


def chosen() -> Size:
    return QUICK if os.environ.get(VARIABLE) else FULL
