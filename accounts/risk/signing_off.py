"""Who may sign a risk assessment off, or return it: never whoever made it."""

from __future__ import annotations

from django.conf import settings
from django.db.models import F, Q, QuerySet

from accounts.access import Explanation, explain, may
from accounts.evidence import Missing
from accounts.models import CorporateGrant, RiskAssessment, User
from accounts.permissions import CORPORATE_BUNDLES, Permission
from accounts.risk.reviews import awaiting_sign_off, newest_assessments

MOST_NAMED = 5


def is_for_corporate_team(assessment: RiskAssessment) -> bool:
    """Whether the score is so high that the assessor's line manager is not enough."""
    return assessment.score >= settings.RISK_CORPORATE_FROM


def explain_signing_off(user: User, assessment: RiskAssessment) -> Explanation:
    """Whether `user` may sign it off, and if not, what is missing and who can.

    The corporate team always may; below `RISK_CORPORATE_FROM` so may the assessor's line manager.
    """
    if assessment.assessed_by_id == user.pk:
        theirs = Missing("Whoever assessed the risk cannot sign it off.", who_signs_off(assessment))
        return Explanation(Permission.SIGN_OFF_RISK, (theirs,))
    if not is_for_corporate_team(assessment):
        low = explain(user, Permission.SIGN_OFF_LOW_RISK, on=assessment.assessed_by)
        if low.allowed:
            return low
    return explain(user, Permission.SIGN_OFF_RISK, on=assessment.account)


def signers_of(assessment: RiskAssessment) -> QuerySet[User]:
    """Everybody whose roles let them sign it off, by name."""
    roles = [r for r, bundle in CORPORATE_BUNDLES.items() if Permission.SIGN_OFF_RISK in bundle]
    able = Q(pk__in=CorporateGrant.objects.in_force().filter(role__in=roles).values("user"))
    if not is_for_corporate_team(assessment):
        able |= Q(pk=assessment.assessed_by.manager_id)
    people: QuerySet[User] = User.objects.employed().filter(able)
    return people.exclude(pk=assessment.assessed_by_id).order_by("name", "pk")


def to_be_signed_off_by(user: User) -> QuerySet[RiskAssessment]:
    """What waits for a signature that `user` may give, the one that waits longest first."""
    waiting = awaiting_sign_off().exclude(assessed_by=user).order_by("assessed_at", "id")
    if may(user, Permission.SIGN_OFF_RISK):
        return waiting
    if not may(user, Permission.SIGN_OFF_LOW_RISK):
        return waiting.none()
    scored = waiting.filter(assessed_by__manager=user).alias(scores=F("likelihood") * F("impact"))
    return scored.filter(scores__lt=settings.RISK_CORPORATE_FROM)


def returned_to(user: User) -> QuerySet[RiskAssessment]:
    """The newest assessments of their accounts, by `user`, that somebody wants put right."""
    return newest_assessments().filter(assessed_by=user, returned_at__isnull=False)


def who_signs_off(assessment: RiskAssessment) -> str:
    """“Ana Lewis, Mei Lin or Tom Reed”: the first few, in words. One query."""
    names = [person.name for person in signers_of(assessment)[: MOST_NAMED + 1]]
    if not names:
        return "communications or the digital team"
    if len(names) > MOST_NAMED:
        return f"{', '.join(names[:MOST_NAMED])} and others"
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last
