"""Pages about accounts and people, among 2,000 accounts and 5,000 people over among 20 and 50."""

from __future__ import annotations

import os
import statistics

from benchmarks.measure import Figure, Pair, figure, p95
from benchmarks.scratch import run_python, scratch_database
from benchmarks.size import Size
from benchmarks.visitor import Visitor, visitor

MANY = (2_000, 5_000)
FEW = (20, 50)
TIMES = 12
HOME = "/"
PAGES = (
    HOME,
    "/accounts/",
    "/accounts/?words=account&state=live&risk=high&review=soon",
    "/accounts/new/",
    "/accounts/risk/retrospective/",
    "/accounts/requests/",
    "/accounts/requests/new/",
    "/accounts/housekeeping/",
    "/accounts/rationalisation/",
    "/accounts/rationalisation/{round}/",
    "/accounts/access-reviews/",
    "/accounts/import/",
    "/accounts/{account}/",
    "/accounts/{account}/change/",
    "/accounts/{account}/people/",
    "/accounts/{account}/timeline/",
    "/accounts/{account}/risk/",
    "/accounts/{account}/risk/new/",
    "/accounts/{account}/access/",
    "/accounts/{account}/access/new/",
    "/accounts/{account}/access/on/",
    "/accounts/{account}/access/review/",
    "/accounts/{account}/standards/",
    "/accounts/{account}/go-live/",
    "/accounts/{account}/connection/",
    "/accounts/{account}/close/",
    "/our-accounts/",
    "/admin/people/",
    "/admin/people/new/",
    "/admin/people/{person}/",
    "/admin/people/{person}/change/",
    "/admin/people/{person}/account-roles/new/",
    "/admin/people/{person}/leave/",
    "/admin/people/{person}/hand-on/",
    "/admin/hazards/",
    "/admin/aims/",
    "/posts/",
    "/posts/new/",
    "/inbox/",
    "/training/",
)
"""`{account}`, `{person}` and `{round}` are the first of them."""

Round = dict[str, Pair]
"""For each page its p95 among many, and among few."""


def run(size: Size) -> list[Figure]:
    accounts, people = (size.of(number, at_least=30) for number in MANY)
    os.environ["PUBLIC_ACCOUNTS"] = "on"
    with scratch_database("few_accounts") as small:
        print(f"  filling in {accounts:,} accounts and {people:,} people", flush=True)
        run_python("-m", "benchmarks.register_rows", *map(str, FEW), DATABASE_URL=small)
        run_python("-m", "benchmarks.register_rows", str(accounts), str(people))
        with visitor(os.environ["DATABASE_URL"]) as there, visitor(small) as here:
            times = size.of(TIMES, at_least=3)
            queries = {path: there.open(path, 1).queries for path in PAGES}
            _one(there, here, 2)
            found = [_one(there, here, times) for _ in range(size.rounds)]
    home = figure(
        "register: home / 14 queries",
        [(float(queries.pop(HOME)), 14.0)],
        unit="queries",
        note="as many among few accounts: it looks across everything",
    )
    return [*_figures(found), _most(queries), home]


def _one(there: Visitor, here: Visitor, times: int) -> Round:
    """By turns among many and among few, half at a time: what disturbs, disturbs both."""
    seen = {}
    for path in PAGES:
        halves = [(there.open(path, times // 2), here.open(path, times // 2)) for _ in range(2)]
        slow, quick = ([one for half in halves for one in half[n].milliseconds] for n in (0, 1))
        seen[path] = (p95(slow), p95(quick))
    print("  round done", flush=True)
    return seen


def _figures(found: list[Round]) -> list[Figure]:
    """One of each page, the worst first."""
    made = [
        figure(
            f"register, {path}",
            [seen[path] for seen in found],
            unit="p95, milliseconds",
            at_most=2,
        )
        for path in PAGES
    ]
    return sorted(made, key=lambda each: -each.ratio)


def _most(queries: dict[str, int]) -> Figure:
    worst = max(queries, key=lambda path: queries[path])
    note = f"{worst}; on average {statistics.mean(queries.values()):.0f}"
    # Under fifteen: fourteen at the most.
    pairs = [(float(queries[worst]), 14.0)]
    return figure("register: most / 14 queries", pairs, unit="queries", at_most=1, note=note)
