"""The composer's preview: of one account on each platform, and of twenty, over a bare list page.

It is asked for while somebody types, so what they wait for is the whole answer.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Mapping
from itertools import cycle

from accounts.models import SocialAccount
from benchmarks.measure import Figure, figure, p95
from benchmarks.scratch import run_python
from benchmarks.size import Size
from benchmarks.visitor import Body, Visitor, Visits, joined, visitor
from platforms.registry import PLATFORMS

PREVIEW, BARE = "/posts/new/preview/", "/bare/"
POSTS = 10_000
MANY = 20
TIMES = 100
LIMIT_MS = 100.0
MOST_BARE = 9.0
"""What the limit is where a bare list takes 11 ms: it holds on a busy machine too."""
TEXT = """Snow is forecast from 6am on Thursday. Our gritters are out on #londonroad and Mill Lane,
and on every route in the winter plan. Please leave more time, and look in on your neighbours. ❄️

Schools decide by 7am: https://www.wealdmoor.example/schools. Thank you @metoffice for the warning,
and all who clear the paths. #WealdmoorWeather #StaySafe {turn}"""
"""As somebody types, no two are the same."""


def run(size: Size) -> list[Figure]:
    posts = size.of(POSTS)
    print(f"  filling in {posts:,} rows", flush=True)
    run_python("-m", "benchmarks.rows", str(posts))
    one_each, many = _bodies()
    with visitor(os.environ["DATABASE_URL"]) as there:
        times = size.of(TIMES, at_least=3)
        _one(there, 3, one_each, many)
        found = [_one(there, times, one_each, many) for _ in range(size.rounds)]
    return [
        *_figures(f"preview of {len(one_each['accounts'])} accounts", "one_each", found),
        *_figures(f"preview of {MANY} accounts", "many", found),
    ]


def _bodies() -> tuple[Body, Body]:
    """What the form sends: for an account on each platform, two with own texts; and for many."""
    accounts = list(SocialAccount.objects.live().order_by("pk")[:MANY])
    for account, platform in zip(accounts, cycle(PLATFORMS), strict=False):
        account.platform = platform
    SocialAccount.objects.bulk_update(accounts, ["platform"])
    each = accounts[: len(PLATFORMS)]
    own = {f"text_{account.pk}": f"{TEXT}\n\nFor {account.name}." for account in each[1:]}
    chosen = [account.pk for account in accounts]
    return _typed(chosen[: len(PLATFORMS)], own), _typed(chosen, {})


def _typed(accounts: list[int], own: Mapping[str, str]) -> Body:
    link = "https://www.wealdmoor.example/winter"
    when = {"publish_on": "1/12/2035", "publish_time": "9am"}
    return {"revision": 0, "accounts": accounts, "text": TEXT, "link": link, **when, **own}


def _one(there: Visitor, times: int, one_each: Body, many: Body) -> dict[str, Visits]:
    """By turns, a quarter at a time: what disturbs, disturbs all."""
    quarter = -(-times // 4)
    asked = {"bare": (BARE, None), "one_each": (PREVIEW, one_each), "many": (PREVIEW, many)}
    seen: dict[str, list[Visits]] = {name: [] for name in asked}
    for _ in range(4):
        for name, (path, body) in asked.items():
            seen[name].append(there.open(path, quarter, body))
    print("  round done", flush=True)
    return {name: joined(visits) for name, visits in seen.items()}


def _figures(name: str, key: str, found: list[dict[str, Visits]]) -> list[Figure]:
    slow = [p95(seen[key].milliseconds) for seen in found]
    bare = [p95(seen["bare"].milliseconds) for seen in found]
    processor = statistics.median(seen[key].processor for seen in found)
    queries = max(seen[key].queries for seen in found)
    note = f"{queries} questions; on average {processor:.1f} ms of processor time"
    milliseconds = "p95, milliseconds"
    return [
        figure(
            f"{name} / a bare list",
            list(zip(slow, bare, strict=True)),
            unit=milliseconds,
            at_most=MOST_BARE,
            note=note,
        ),
        figure(
            f"{name} / {LIMIT_MS:.0f} ms",
            [(one, LIMIT_MS) for one in slow],
            unit=milliseconds,
            at_most=1,
        ),
    ]
