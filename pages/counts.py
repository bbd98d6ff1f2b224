"""Counting the rows of several queries at once, each as far as a thousand."""

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


def limited(rows: QuerySet[Any]) -> Limited:
    """Raises EmptyResultSet where there can be no rows."""
    sql, values = rows.order_by().values("pk")[: MOST + 1].query.sql_with_params()
    return Limited(sql, tuple(values))


def in_words(count: int, *, is_more: bool = False) -> str:
    """“12”, and “1,000+” beyond a thousand or where there are more that nobody counted."""
    return f"{min(count, MOST):,}{'+' if is_more or count > MOST else ''}"


def counts(several: Mapping[str, QuerySet[Any] | Limited]) -> dict[str, int]:
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
