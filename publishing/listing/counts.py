"""Counts on the tabs: all in one query, each stopping at a thousand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

MOST = 1000


def bounded_counts(several: Mapping[str, QuerySet[Any]]) -> dict[str, str]:
    """How many rows each query has, in words: "1,000+" beyond a thousand.

    The database stops counting there, so that a count is as quick on a million rows.
    """
    counted: dict[str, str] = {}
    parts, params = [], []
    asked = []
    for name, rows in several.items():
        try:
            sql, values = _limited(rows)
        except EmptyResultSet:
            counted[name] = "0"
            continue
        asked.append(name)
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")  # noqa: S608 - our own SQL
        params += values
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts)}", params)  # nosec B608 - our own SQL
            found = cursor.fetchone()
        counted |= {name: in_words(count) for name, count in zip(asked, found, strict=True)}
    return counted


def in_words(count: int) -> str:
    return f"{MOST:,}+" if count > MOST else f"{count:,}"


def _limited(rows: QuerySet[Any]) -> tuple[str, list[Any]]:
    bounded = rows.order_by().values("pk")[: MOST + 1]
    sql, values = bounded.query.sql_with_params()
    return sql, list(values)
