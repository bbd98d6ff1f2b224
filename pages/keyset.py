"""Keyset pagination: a list in pieces, as quick on the millionth row as on the first.

The address of a page holds the last row's place in the order (`after`) or the first row's
(`before`), so the database starts reading there and counts nothing. Written here because the
condition must have the form `a <= x AND (a < x OR id < y)`, which both databases answer from an
index; the libraries write `a < x OR (a = x AND id < y)`, which they read the whole table for.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model, Q, QuerySet
from django.http import QueryDict

Row = TypeVar("Row", bound=Model)

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class KeysetPage(Generic[Row]):
    """One piece of a list. The queries are `after=…` or `before=…` with the filters kept, or ""."""

    rows: Sequence[Row]
    previous_query: str
    next_query: str

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page_of(
    rows: QuerySet[Row], order: tuple[str, str], query: QueryDict, size: int = PAGE_SIZE
) -> KeysetPage[Row]:
    """The piece of `rows` that the address asks for.

    `order` is a field, or what the rows are annotated with, and then a unique field: both with or
    both without a minus sign, and never empty. An address that holds nonsense shows the first
    piece.
    """
    backwards = "after" not in query and "before" in query
    place = _place(rows, order, query.get("before" if backwards else "after", ""))
    if place is None:
        backwards = False
    direction = tuple(_turned(name) for name in order) if backwards else order
    wanted = rows.order_by(*direction)
    if place is not None:
        wanted = wanted.filter(_beyond(direction, place))
    found = list(wanted[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    has_previous = more if backwards else place is not None
    has_next = place is not None if backwards else more
    return KeysetPage(
        rows=found,
        previous_query=_query(query, "before", found[0], order) if has_previous and found else "",
        next_query=_query(query, "after", found[-1], order) if has_next and found else "",
    )


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(direction: tuple[str, ...], place: tuple[Any, ...]) -> Q:
    (first, second), (a, b) = direction, place
    compare = "lt" if first.startswith("-") else "gt"
    first, second = first.lstrip("-"), second.lstrip("-")
    return Q(**{f"{first}__{compare}e": a}) & (
        Q(**{f"{first}__{compare}": a}) | Q(**{f"{second}__{compare}": b})
    )


def _place(rows: QuerySet[Any], order: tuple[str, str], token: str) -> tuple[Any, ...] | None:
    if not token:
        return None
    try:
        values = json.loads(urlsafe_b64decode(token.encode()))
        fields = [_field(rows, name.lstrip("-")) for name in order]
        place = tuple(
            _comparable(field.to_python(value))
            for field, value in zip(fields, values, strict=True)
            if isinstance(field, Field)
        )
    except (ValueError, TypeError, OverflowError, RecursionError, ValidationError):
        return None
    return None if None in place else place


def _field(rows: QuerySet[Any], name: str) -> Any:
    annotation = rows.query.annotations.get(name)
    return annotation.output_field if annotation else rows.model._meta.get_field(name)


def _comparable(value: Any) -> Any:
    """`value` if both databases can compare with it; else ValueError or OverflowError."""
    if isinstance(value, str):
        # Raises for half of a surrogate pair.
        value.encode()
        if "\0" in value:
            raise ValueError
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError
        # Raises for what has no year in UTC.
        value.astimezone(UTC)
    return value


def _query(query: Mapping[str, Any], side: str, row: Model, order: tuple[str, str]) -> str:
    values = [getattr(row, name.lstrip("-")) for name in order]
    token = urlsafe_b64encode(json.dumps(values, cls=_Encoder).encode()).decode()
    kept = [
        (name, value)
        for name, several in (query.lists() if isinstance(query, QueryDict) else ())
        if name not in ("after", "before")
        for value in several
    ]
    return urlencode([*kept, (side, token)])


class _Encoder(DjangoJSONEncoder):
    """Times to the microsecond: Django's own cuts them to the millisecond."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)
