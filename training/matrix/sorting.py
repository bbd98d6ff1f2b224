"""The orders in which the matrix can be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, CharField, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import QueryDict

from accounts.models import User
from pages.selected import without_place
from training.conditions import Judged

USUAL = "name"
_MORE_THAN_ALL = 5000
"""Things that somebody can be late with; taken off it, every number has four digits."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """The rows, with what they are ordered by; `order` is what `pages.keyset.page_of` takes."""

    rows: QuerySet[User]
    order: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    sort: str
    first: str = "ascending"
    """What the order by `sort` is to somebody who hears the table read."""


COLUMNS = (
    Column("Person", "name"),
    Column("Service area", "area"),
    Column("Late with", "late", "descending"),
)
_TURNED = {"ascending": "descending", "descending": "ascending"}


def in_order(rows: QuerySet[User], query: QueryDict, things: Iterable[Judged]) -> Sorted:
    """As `sort` in the address asks: `late` for whoever is late with most first, then by name."""
    asked = query.get("sort", USUAL)
    key, minus = asked.removeprefix("-"), "-" if asked.startswith("-") else ""
    if key == "area":
        area = Coalesce(F("service_area__name"), Value(""))
        rows, key = rows.annotate(place=_then_by_name(area)), "place"
    elif key == "late":
        rows, key = rows.annotate(place=_then_by_name(_rank(things))), "place"
    elif key != USUAL:
        key, minus = USUAL, ""
    return Sorted(rows, (f"{minus}{key}", f"{minus}id"))


def heads(query: QueryDict) -> list[dict[str, str]]:
    """The columns that sort, with their links: to sort by, or to turn the order round."""
    asked = query.get("sort", USUAL)
    return [_head(column, asked, query) for column in COLUMNS]


def _head(column: Column, asked: str, query: QueryDict) -> dict[str, str]:
    by = {column.sort: column.first, f"-{column.sort}": _TURNED[column.first]}
    turned = query.copy()
    turned["sort"] = f"-{column.sort}" if asked == column.sort else column.sort
    href = f"?{without_place(turned)}"
    return {"label": column.label, "href": href, "sorted": by.get(asked, "")}


def _then_by_name(first: Coalesce | Cast) -> Concat:
    return Concat(first, Value(" | "), F("name"), output_field=CharField())


def _rank(things: Iterable[Judged]) -> Cast:
    late = [
        Case(When(each.late(), then=1), default=0, output_field=IntegerField()) for each in things
    ]
    return Cast(sum(late, start=Value(0)) * -1 + _MORE_THAN_ALL, CharField())
