"""The calendar among 10,000 posts, half of them in the month that it shows, over among 100."""

from __future__ import annotations

import os
import statistics

from benchmarks.calendar_rows import DRAFTER
from benchmarks.measure import Figure, figure, p95
from benchmarks.rows import OFFICER
from benchmarks.scratch import run_python, scratch_database
from benchmarks.size import Size
from benchmarks.visitor import Visitor, visitor

MANY, FEW = 10_000, 100
TIMES = 40
PAGES = {"month": "/calendar/", "week": "/calendar/week/", "list": "/calendar/list/"}
READERS = {"who reads everything": OFFICER, "a drafter": DRAFTER}

Key = tuple[str, str]
Times = dict[Key, tuple[list[float], int]]
"""By page and reader: the milliseconds, and the questions asked of the database."""


def run(size: Size) -> list[Figure]:
    many = size.of(MANY, at_least=FEW)
    with scratch_database("sparse") as small:
        print(f"  filling in {FEW} and {many:,} posts", flush=True)
        run_python("-m", "benchmarks.calendar_rows", str(FEW), DATABASE_URL=small)
        run_python("-m", "benchmarks.calendar_rows", str(many))
        with visitor(os.environ["DATABASE_URL"]) as there, visitor(small) as here:
            times = size.of(TIMES, at_least=3)
            _one(there, here, times)
            found = [_one(there, here, times) for _ in range(size.rounds)]
    return [
        made
        for page in PAGES
        for reader in READERS
        for made in _figures((page, reader), found, f"{many:,}")
    ]


def _one(there: Visitor, here: Visitor, times: int) -> tuple[Times, Times]:
    """By turns among many and among few: what disturbs, disturbs both."""
    busy: Times = {}
    calm: Times = {}
    for page, path in PAGES.items():
        for reader, email in READERS.items():
            for visitor_, kept in ((there, busy), (here, calm)):
                visits = visitor_.open(path, times, by=email)
                kept[page, reader] = (visits.milliseconds, visits.queries)
    print("  round done", flush=True)
    return busy, calm


def _figures(key: Key, found: list[tuple[Times, Times]], many: str) -> list[Figure]:
    page, reader = key
    pairs = [(p95(busy[key][0]), p95(calm[key][0])) for busy, calm in found]
    queries = [(busy[key][1], calm[key][1]) for busy, calm in found]
    middle = statistics.median(statistics.median(busy[key][0]) for busy, _ in found)
    return [
        figure(
            f"calendar, {page}, for {reader}: {many} posts / {FEW}",
            pairs,
            unit="p95, milliseconds",
            at_most=2,
            note=f"the median is {middle:.0f} ms",
        ),
        figure(f"calendar, {page}, for {reader}: questions", queries, unit="queries", at_most=1),
    ]
