"""Counts on the tabs: all in one query, each stopping after a thousand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from pages.counts import MOST, Limited, counts, in_words


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows to count, and where they are hard to find, the rows among which to look for them."""

    rows: QuerySet[Any]
    among: QuerySet[Any] | None = None


def counts_in_words(several: Mapping[str, Counted | Limited]) -> dict[str, str]:
    """How many rows each has: "1,000+" beyond a thousand.

    With `among`, only its first thousand are looked at: where there are more, "12+" says that
    twelve of those were found. So a count is as quick on a million rows.
    """
    asked: dict[str, QuerySet[Any] | Limited] = {}
    for name, counted in several.items():
        if isinstance(counted, Limited):
            asked[name] = counted
            continue
        asked[name] = counted.rows
        if counted.among is not None:
            first = counted.among.order_by().values("pk")[: MOST + 1]
            asked[name] = counted.rows.filter(pk__in=first)
            asked[_looked_at(name)] = counted.among
    found = counts(asked)
    return {
        name: in_words(found[name], is_more=found.get(_looked_at(name), 0) > MOST)
        for name in several
    }


def _looked_at(name: str) -> str:
    return f"{name}: looked at"
