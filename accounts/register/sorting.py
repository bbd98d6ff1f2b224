"""The orders in which the register can be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict

from accounts.models import SocialAccount
from accounts.risk.reviews import with_review, with_score
from pages.days import FIRST_DAY, LAST_DAY
from pages.selected import without_place

USUAL = "name"


@dataclass(frozen=True, slots=True)
class Sorted:
    """The rows, with what they are ordered by; `order` is what `pages.keyset.page_of` takes."""

    rows: QuerySet[Any]
    order: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the register, as the table component draws it; `sort` is empty for no link."""

    label: str
    sort: str = ""


COLUMNS = (
    Column("Account", "name"),
    Column("Platform", "platform"),
    Column("Service area"),
    Column("State"),
    Column("Risk", "risk"),
    Column("Review due", "review"),
    Column("Last post", "last_post"),
)
_KEYS = {column.sort for column in COLUMNS if column.sort}


def in_order(rows: QuerySet[SocialAccount], query: QueryDict) -> Sorted:
    """As `sort` in the address asks: `risk`, or `-risk` for the other way round.

    Where a fact is not known, the account stands where it needs looking at least or most: without
    an assessment below every risk, without a review after all of them, without a known post before
    all posts.
    """
    asked = query.get("sort", USUAL)
    key, minus = asked.removeprefix("-"), "-" if asked.startswith("-") else ""
    if key not in _KEYS:
        key, minus = USUAL, ""
    return Sorted(_annotated(rows, key), (f"{minus}{_BY.get(key, key)}", f"{minus}id"))


def heads(query: QueryDict) -> list[dict[str, str]]:
    """The columns with their links: to sort by, or to turn the order round."""
    asked = query.get("sort", USUAL)
    return [_head(column, asked, query) for column in COLUMNS]


def _head(column: Column, asked: str, query: QueryDict) -> dict[str, str]:
    if not column.sort:
        return {"label": column.label}
    sorted_now = {column.sort: "ascending", f"-{column.sort}": "descending"}.get(asked, "")
    turned = query.copy()
    turned["sort"] = f"-{column.sort}" if sorted_now == "ascending" else column.sort
    return {"label": column.label, "href": f"?{without_place(turned)}", "sorted": sorted_now}


_BY = {"risk": "by_risk", "review": "by_review", "last_post": "by_last_post"}


def _annotated(rows: QuerySet[SocialAccount], key: str) -> QuerySet[Any]:
    if key == "risk":
        return with_score(rows).annotate(by_risk=Coalesce(F("risk_score"), 0))
    if key == "review":
        return with_review(rows).annotate(by_review=Coalesce(F("review_due"), LAST_DAY))
    if key == "last_post":
        return rows.annotate(by_last_post=Coalesce(F("last_post_on"), FIRST_DAY))
    return rows
