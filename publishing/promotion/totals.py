"""What promotions come to: in all, and month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from publishing.models import Promotion, PromotionState
from publishing.promotion.money import pounds

AGREED = Q(state__in=(PromotionState.AGREED, PromotionState.DONE))
MOST_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Total:
    """Pence; `agreed` counts what was approved, `waiting` what is still asked for."""

    number: int
    agreed: int
    waiting: int
    spent: int

    @property
    def agreed_words(self) -> str:
        return pounds(self.agreed)

    @property
    def waiting_words(self) -> str:
        return pounds(self.waiting)

    @property
    def spent_words(self) -> str:
        return pounds(self.spent)


@dataclass(frozen=True, slots=True)
class Month:
    """Promotions that begin in one month."""

    first: date
    total: Total


_SUMS: dict[str, Any] = {
    "number": Count("pk"),
    "agreed": Sum("budget_pence", filter=AGREED),
    "waiting": Sum("budget_pence", filter=Q(state=PromotionState.ASKED)),
    "spent": Sum("spent_pence"),
}


def total_of(promotions: QuerySet[Promotion]) -> Total:
    """One query."""
    return _total(promotions.order_by().aggregate(**_SUMS))


def months_of(promotions: QuerySet[Promotion]) -> list[Month]:
    """The newest months in which one begins, oldest first. One query."""
    by_month = promotions.order_by().annotate(month=TruncMonth("starts_on")).values("month")
    rows = by_month.annotate(**_SUMS).order_by("-month")[:MOST_MONTHS]
    return [Month(row["month"], _total(row)) for row in reversed(rows)]


def _total(row: Mapping[str, Any]) -> Total:
    return Total(*((row[name] or 0) for name in _SUMS))
