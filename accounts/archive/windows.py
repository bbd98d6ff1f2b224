"""Reading a long list a window at a time, so that neither memory nor a lock grows with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


def in_windows(rows: QuerySet[Row], size: int, *, by: str = "pk") -> Iterator[Row]:
    """Every row in the order of `by` and its key, each window with a query of its own."""
    ordered = rows.order_by(by, "pk")
    window = list(ordered[:size])
    while window:
        yield from window
        last = window[-1]
        reached = getattr(last, by)
        # In this form both databases answer from an index: see pages/keyset.py.
        on = Q(**{f"{by}__gt": reached}) | Q(pk__gt=last.pk)
        window = list(ordered.filter(on, **{f"{by}__gte": reached})[:size])
