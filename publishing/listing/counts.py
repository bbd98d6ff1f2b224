"""Counts on the tabs: all in one query, each stopping after a thousand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

MOST = 1000


@dataclass(frozen=True, slots=True)
class Limited:
    """A question for the first thousand and one rows, as the database is asked it."""

    sql: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows to count, and where they are hard to find, the rows among which to look for them."""

    rows: QuerySet[Any]
    among: QuerySet[Any] | None = None


def limited(rows: QuerySet[Any]) -> Limited:
    """Raises EmptyResultSet where there can be no rows."""
    sql, values = rows.order_by().values("pk")[: MOST + 1].query.sql_with_params()
    return Limited(sql, tuple(values))


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
    counts = _counts(asked)
    return {
        name: in_words(counts[name], is_more=counts.get(_looked_at(name), 0) > MOST)
        for name in several
    }


def in_words(count: int, *, is_more: bool = False) -> str:
    return f"{min(count, MOST):,}{'+' if is_more or count > MOST else ''}"


def _looked_at(name: str) -> str:
    return f"{name}: looked at"


def _counts(several: Mapping[str, QuerySet[Any] | Limited]) -> dict[str, int]:
    """All counts in one query; the database stops each of them after a thousand and one."""
    counted: dict[str, int] = dict.fromkeys(several, 0)
    parts, asked = [], []
    params: list[Any] = []
    for name, rows in several.items():
        try:
            question = rows if isinstance(rows, Limited) else limited(rows)
        except EmptyResultSet:
            continue
        asked.append(name)
        parts.append(f"(SELECT COUNT(*) FROM ({question.sql}) AS counted)")  # noqa: S608 - our own SQL
        params += question.values
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts)}", params)  # nosec B608 - our own SQL
            counted |= dict(zip(asked, cursor.fetchone(), strict=True))
    return counted
