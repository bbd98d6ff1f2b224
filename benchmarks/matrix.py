"""The matrix of 5,000 people and 12 courses over that of 50 people; and its downloads."""

from __future__ import annotations

import os
import time
from typing import Any

from benchmarks.matrix_rows import HR
from benchmarks.measure import Figure, Pair, figure, p95
from benchmarks.scratch import run_python, scratch_database
from benchmarks.size import Size
from benchmarks.visitor import Visitor, signed_in, visitor
from tools.trouble import Trouble

PEOPLE, FEW, COURSES = 5_000, 50, 12
TIMES = 20
MATRIX = "/training/matrix/"
PAGES = (
    MATRIX,
    f"{MATRIX}?state=late",
    f"{MATRIX}?state=to_do&sort=late",
    f"{MATRIX}?state=not_started",
    f"{MATRIX}?state=in_date",
)
CELLS_A_SECOND = 5_000
"""A file of 5,000 people and 12 courses then takes 12 seconds."""

Round = dict[str, Pair]


def run(size: Size) -> list[Figure]:
    people = size.of(PEOPLE, at_least=60)
    with scratch_database("few_people") as small:
        print(f"  filling in {people:,} people and {COURSES} courses", flush=True)
        run_python("-m", "benchmarks.matrix_rows", str(FEW), str(COURSES), DATABASE_URL=small)
        run_python("-m", "benchmarks.matrix_rows", str(people), str(COURSES))
        with visitor(os.environ["DATABASE_URL"]) as there, visitor(small) as here:
            times = size.of(TIMES, at_least=2)
            queries = {path: _queries(there, here, path) for path in PAGES}
            found = [_one(there, here, times) for _ in range(size.rounds)]
    pages = [
        figure(
            f"matrix, {path}, {PEOPLE:,} people / {FEW}",
            [seen[path] for seen in found],
            unit="p95, milliseconds",
            at_most=2,
        )
        for path in PAGES
    ]
    asked = [
        figure(
            f"matrix, {path}: questions / the same among {FEW}",
            [queries[path]],
            unit="queries",
            at_most=1,
        )
        for path in PAGES[:2]
    ]
    return [*pages, *asked, *(_download(kind, people, size) for kind in ("csv", "excel"))]


def _queries(there: Visitor, here: Visitor, path: str) -> Pair:
    many, few = (each.open(path, 1, by=HR).queries for each in (there, here))
    return float(many), float(few)


def _one(there: Visitor, here: Visitor, times: int) -> Round:
    """By turns among many and among few: what disturbs, disturbs both."""
    seen = {}
    for path in PAGES:
        halves = [
            (there.open(path, times // 2, by=HR), here.open(path, times // 2, by=HR))
            for _ in range(2)
        ]
        slow, quick = ([one for half in halves for one in half[n].milliseconds] for n in (0, 1))
        seen[path] = (p95(slow), p95(quick))
    print("  round done", flush=True)
    return seen


def _download(kind: str, people: int, size: Size) -> Figure:
    client = signed_in(HR)
    pairs = []
    for _ in range(min(2, size.rounds)):
        began = time.perf_counter()
        answer: Any = client.get(f"{MATRIX}{kind}/")
        length = sum(len(piece) for piece in answer.streaming_content)
        if answer.status_code != 200 or not length:
            raise Trouble(f"The download answered {answer.status_code}.")
        pairs.append((people * COURSES / (time.perf_counter() - began), float(CELLS_A_SECOND)))
    return figure(f"matrix as {kind}", pairs, unit="cells a second", at_least=1)
