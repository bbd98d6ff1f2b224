"""Access reviews for reading: how far each has got, for lists and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.access import demand
from accounts.models import AccessReview, ReviewedGrant, User
from accounts.permissions import Permission
from accounts.reach import accounts_within_reach
from audit.catalogue import Event
from audit.record import Subject, record
from pages.csv_cells import csv_pieces

REVIEWS = Subject("accounts.access_reviews", "", "the access reviews")
HEADINGS = (
    "account", "platform", "began", "to be answered by", "ended", "person", "role", "answer",
    "answered by", "answered on", "reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Progress:
    """One review and how far it has got."""

    review: AccessReview
    asked: int
    answered: int

    @property
    def words(self) -> str:
        return f"{self.answered} of {self.asked} answered"

    @property
    def state(self) -> str:
        if self.review.closed_at:
            return "Ended"
        return "Overdue" if self.review.due_on < timezone.localdate() else "Open"

    @property
    def colour(self) -> str:
        return {"Ended": "grey", "Overdue": "red", "Open": "blue"}[self.state]


def reviews_for(reader: User) -> QuerySet[AccessReview]:
    """The reviews of every account whose access `reader` may see."""
    seen = accounts_within_reach(reader, Permission.SEE_ACCESS)
    rows = AccessReview.objects.filter(account__in=seen.order_by().values("pk"))
    return with_progress(rows.select_related("account", "account__owner"))


def with_progress(rows: QuerySet[AccessReview]) -> QuerySet[AccessReview]:
    """Each with `asked` and `still_open`, as `progress_of` reads them."""
    of_each = ReviewedGrant.objects.filter(review=OuterRef("pk")).order_by()
    unanswered = ReviewedGrant.objects.unanswered().filter(review=OuterRef("pk")).order_by()
    return rows.annotate(
        asked=Coalesce(_count(of_each), 0), still_open=Coalesce(_count(unanswered), 0)
    )


def progress_of(review: AccessReview) -> Progress:
    """Of a row of `with_progress`."""
    asked, still_open = review.asked, review.still_open  # type: ignore[attr-defined]
    return Progress(review, asked, asked - still_open)


def export_reviews(rows: QuerySet[AccessReview], *, by: User) -> Iterator[bytes]:
    """A line for each role of each review; the trail has it before the first byte goes out."""
    demand(by, Permission.SEE_ACCESS)
    with transaction.atomic():
        record(Event.ACCESS_EXPORTED, by=by, on=REVIEWS, after={"format": "CSV"})
    return csv_pieces(_lines(rows))


def _count(rows: QuerySet[ReviewedGrant]) -> Subquery:
    return Subquery(rows.values("review").annotate(number=Count("pk")).values("number"))


def _lines(rows: QuerySet[AccessReview]) -> Iterator[list[str]]:
    yield list(HEADINGS)
    asked = ReviewedGrant.objects.filter(review__in=rows.order_by().values("pk"))
    asked = asked.select_related("review__account", "grant__user", "by")
    for row in asked.order_by("-review__due_on", "review", "pk").iterator(chunk_size=500):
        review = row.review
        yield [
            review.account.name,
            review.account.platform_name,
            timezone.localdate(review.opened_at).isoformat(),
            review.due_on.isoformat(),
            timezone.localdate(review.closed_at).isoformat() if review.closed_at else "",
            row.grant.user.name,
            row.grant.get_role_display(),
            row.get_answer_display() if row.answer else "not answered",
            row.by.name if row.by else "",
            timezone.localdate(row.at).isoformat() if row.at else "",
            row.reason,
        ]
