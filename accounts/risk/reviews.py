"""Which accounts' risk is due for review: for lists, where `accounts.health` looks at one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from accounts.models import AccountState, RiskAssessment, SocialAccount

WARNED_AHEAD = timedelta(days=30)
"""From here on a review that draws near is a task of the owner and the deputy."""
IN_USE = (AccountState.LIVE, AccountState.SUSPENDED, AccountState.DORMANT)
"""Accounts that exist and are the council's: each needs an assessment, whatever came first."""


def with_review(rows: QuerySet[SocialAccount]) -> QuerySet[Any]:
    """Each with `review_due`: the day of the newest signed assessment, None without one."""
    return rows.annotate(review_due=Subquery(_newest().values("review_on")[:1]))


def with_score(rows: QuerySet[SocialAccount]) -> QuerySet[Any]:
    """Each with `risk_score`: that of the newest signed assessment, None without one."""
    return rows.annotate(
        risk_score=Subquery(_newest().values(score=F("likelihood") * F("impact"))[:1])
    )


def in_force() -> QuerySet[Any]:
    """The newest signed assessment of each account, with its `risk_score`.

    For narrowing accounts down: the database looks for a newer one only where the rest fits.
    """
    newer = RiskAssessment.objects.filter(
        Q(assessed_at__gt=OuterRef("assessed_at"))
        | Q(assessed_at=OuterRef("assessed_at"), pk__gt=OuterRef("pk")),
        account=OuterRef("account"),
        signed_off_at__isnull=False,
    )
    signed = RiskAssessment.objects.filter(~Exists(newer), signed_off_at__isnull=False)
    return signed.order_by().annotate(risk_score=F("likelihood") * F("impact"))


def _newest() -> QuerySet[RiskAssessment]:
    signed = RiskAssessment.objects.filter(account=OuterRef("pk"), signed_off_at__isnull=False)
    return signed.order_by("-assessed_at", "-id")


def due_by(rows: QuerySet[SocialAccount], day: date) -> QuerySet[Any]:
    """Those without a signed assessment, and those whose review is due on `day` or before."""
    return with_review(rows).filter(Q(review_due__isnull=True) | Q(review_due__lte=day))


def never_assessed(rows: QuerySet[SocialAccount]) -> QuerySet[Any]:
    """Accounts in use of which nobody has signed an assessment: they need one in retrospect."""
    return with_review(rows.filter(state__in=IN_USE)).filter(review_due__isnull=True)


def newest_assessments() -> QuerySet[RiskAssessment]:
    """The newest one of each account that is asked for or in use, signed off or not."""
    newest = RiskAssessment.objects.filter(account=OuterRef("account")).values("pk")[:1]
    over = (AccountState.CLOSED, AccountState.DRAFT)
    return RiskAssessment.objects.filter(pk=Subquery(newest)).exclude(account__state__in=over)


def awaiting_sign_off() -> QuerySet[RiskAssessment]:
    """Of those, the ones that wait for a signature.

    One that was returned waits for its author, not for a signature.
    """
    return newest_assessments().filter(signed_off_at__isnull=True, returned_at__isnull=True)
