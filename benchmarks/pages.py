"""List pages at a million rows, over the same pages at ten thousand, and over a bare list page."""

from __future__ import annotations

import os
import statistics
from collections.abc import Mapping

from benchmarks.measure import Figure, figure, p95
from benchmarks.scratch import run_python, scratch_database
from benchmarks.size import Size
from benchmarks.visitor import Visitor, Visits, joined, visitor

PAGES = {
    "queue": "/posts/?tab=waiting",
    "list": "/posts/?tab=published",
    "inbox": "/inbox/",
    "audit": "/reports/audit/",
}
BARE = "/bare/"
MANY = 1_000_000
FEW = 10_000
TIMES = 40

Round = Mapping[str, tuple[Visits, Visits]]
"""For each page the visits among many rows, and those among few."""


def run(size: Size) -> list[Figure]:
    many, few = size.of(MANY), size.of(FEW)
    with scratch_database("few") as small:
        print(f"  filling in {few:,} and {many:,} rows", flush=True)
        run_python("-m", "benchmarks.rows", str(few), DATABASE_URL=small)
        run_python("-m", "benchmarks.rows", str(many))
        with visitor(os.environ["DATABASE_URL"]) as there, visitor(small) as here:
            times = size.of(TIMES, at_least=3)
            _one(there, here, times)
            found = [_one(there, here, times) for _ in range(size.rounds)]
    return [made for name in PAGES for made in _figures(name, found, f"{many:,}", f"{few:,}")]


def _one(there: Visitor, here: Visitor, times: int) -> Round:
    """By turns among many and among few, a quarter at a time: what disturbs, disturbs both."""
    seen = {}
    for path in (BARE, *PAGES.values()):
        quarter = -(-times // 4)
        quarters = [(there.open(path, quarter), here.open(path, quarter)) for _ in range(4)]
        seen[path] = (joined([q[0] for q in quarters]), joined([q[1] for q in quarters]))
    print("  round done", flush=True)
    return seen


def _figures(name: str, found: list[Round], many: str, few: str) -> list[Figure]:
    path = PAGES[name]
    slow = [p95(seen[path][0].milliseconds) for seen in found]
    quick = [p95(seen[path][1].milliseconds) for seen in found]
    bare = [p95(seen[BARE][0].milliseconds) for seen in found]
    processor = statistics.median(seen[path][0].processor for seen in found)
    queries = max(seen[path][0].queries for seen in found)
    milliseconds = "p95, milliseconds"
    return [
        figure(
            f"{name}: {many} rows / {few}",
            list(zip(slow, quick, strict=True)),
            unit=milliseconds,
            at_most=1.5,
        ),
        figure(f"{name} / a bare list", list(zip(slow, bare, strict=True)), unit=milliseconds),
        figure(
            f"{name} / 30 ms",
            [(one, 30.0) for one in slow],
            unit=milliseconds,
            at_most=1,
            note=f"on average {processor:.1f} ms of processor time, the database's not counted",
        ),
        figure(f"{name} / 10 queries", [(queries, 10.0)], unit="queries", at_most=1),
    ]
