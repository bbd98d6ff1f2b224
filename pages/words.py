"""Searching a list by the words that somebody typed."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

MOST = 10
"""Words beyond these are not looked for, so that no request asks for hundreds of comparisons."""

Row = TypeVar("Row", bound=Model)


def with_words(rows: QuerySet[Row], typed: str, *fields: str) -> QuerySet[Row]:
    """Those that hold every word of `typed`, each somewhere in one of `fields`."""
    for word in typed.split()[:MOST]:
        somewhere = (Q((f"{field}__icontains", word)) for field in fields)
        rows = rows.filter(reduce(or_, somewhere))
    return rows
