"""Rows that people put in order themselves."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model

Row = TypeVar("Row", bound=Model)
"""With a whole number in `position`."""


def change_places(rows: list[Row], pk: int, *, up: bool) -> tuple[Row, int, int]:
    """Change places with the neighbour: the row, and its place before and after, from 1.

    `rows` are all there are, locked and in order; the first stays first, the last stays last.
    """
    was = next(place for place, row in enumerate(rows) if row.pk == pk)
    becomes = min(max(was + (-1 if up else 1), 0), len(rows) - 1)
    row = rows[was]
    if becomes != was:
        rows.insert(becomes, rows.pop(was))
        for position, each in enumerate(rows, start=1):
            each.position = position  # type: ignore[attr-defined]
        type(row)._default_manager.bulk_update(rows, ["position"])
    return row, was + 1, becomes + 1
