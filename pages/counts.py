"""Small answers to many questions in one query: how many rows, and what the first of them says."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import JSONArray

MOST = 1000
Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Limited:
    """A question for the first thousand and one rows, as the database is asked it."""

    sql: str
    values: tuple[Any, ...]


def limited(rows: QuerySet[Any]) -> Limited:
    """Raises EmptyResultSet where there can be no rows."""
    return _as_asked(rows.order_by().values("pk")[: MOST + 1])


def in_words(count: int, *, is_more: bool = False) -> str:
    """“12”, and “1,000+” beyond a thousand or where there are more that nobody counted."""
    return f"{min(count, MOST):,}{'+' if is_more or count > MOST else ''}"


def counts(several: Mapping[Name, QuerySet[Any] | Limited]) -> dict[Name, int]:
    """All counts in one query; the database stops each of them after a thousand and one."""
    seen = glances({name: (rows, ()) for name, rows in several.items()})
    return {name: glance.count for name, glance in seen.items()}


@dataclass(frozen=True, slots=True)
class Glance:
    """How many rows, and of the first of them the fields asked for, as JSON has them."""

    count: int
    first: list[Any]


def glances(
    several: Mapping[Name, tuple[QuerySet[Any] | Limited, Sequence[str | Q]]],
) -> dict[Name, Glance]:
    """:func:`counts`, with some fields of the first of the rows. One query."""
    questions: dict[tuple[Name, str], Limited] = {}
    for name, (rows, fields) in several.items():
        try:
            question = rows if isinstance(rows, Limited) else limited(rows)
        except EmptyResultSet:
            continue
        questions[name, "count"] = Limited(
            f"SELECT COUNT(*) FROM ({question.sql}) AS counted",  # noqa: S608 - our own SQL
            question.values,
        )
        if fields and isinstance(rows, QuerySet):
            questions[name, "first"] = _as_asked(rows.values_list(JSONArray(*fields))[:1])
    answers = _answers(questions)
    return {
        name: Glance(
            answers.get((name, "count"), 0), json.loads(answers.get((name, "first")) or "[]")
        )
        for name in several
    }


def _as_asked(rows: QuerySet[Any]) -> Limited:
    sql, values = rows.query.sql_with_params()
    return Limited(sql, tuple(values))


def _answers(questions: Mapping[Name, Limited]) -> dict[Name, Any]:
    """The one value that each has for an answer."""
    if not questions:
        return {}
    together = ", ".join(f"({each.sql})" for each in questions.values())
    values = [value for each in questions.values() for value in each.values]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {together}", values)  # nosec B608 - our own SQL
        return dict(zip(questions, cursor.fetchone(), strict=True))
