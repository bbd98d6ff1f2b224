"""The rules of housekeeping: each finds the accounts that are not in order in one way.

A rule is a condition on accounts that the database answers: see `accounts.housekeeping.found`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts import evidence
from accounts.models import Answerable, RiskAssessment, TwoFactorState, User
from accounts.permissions import Permission
from platforms.registry import PLATFORMS


@dataclass(frozen=True, slots=True)
class Rule:
    """`finds` is the condition at a moment; `page` is where what it found is put right."""

    key: str
    name: str
    what_to_do: str
    finds: Callable[[datetime], Q]
    page: str = "account"
    is_urgent: bool = False

    @property
    def colour(self) -> str:
        return "red" if self.is_urgent else "yellow"


def _dormant(at: datetime) -> Q:
    """No post for long; where nobody knows of one, no post in all the time on the register."""
    before = timezone.localdate(at) - timedelta(days=settings.DORMANT_DAYS)
    long_here = Q(added_at__lt=at - timedelta(days=settings.DORMANT_DAYS))
    return Q(last_post_on__lt=before) | (Q(last_post_on__isnull=True) & long_here)


def _owner_left(at: datetime) -> Q:
    return _has_left("owner", at)


def _no_deputy(at: datetime) -> Q:
    return Q(deputy__isnull=True) | _has_left("deputy", at)


def _has_left(part: str, at: datetime) -> Q:
    day = timezone.localdate(at)
    return Q(**{f"{part}__is_active": False}) | Q(**{f"{part}__employed_until__lt": day})


def _not_accepted(at: datetime) -> Q:
    asked = Answerable.objects.open().filter(account=OuterRef("pk"), accepted_at__isnull=True)
    return Q(Exists(asked))


def _untrained(at: datetime) -> Q:
    lacking = User.objects.filter(evidence.lacking(Permission.WRITE_POST, at))
    return Q(Exists(lacking.filter(pk=OuterRef("owner"))))


def _not_assessed(at: datetime) -> Q:
    signed = RiskAssessment.objects.filter(account=OuterRef("pk"), signed_off_at__isnull=False)
    return ~Q(Exists(signed))


def _review_overdue(at: datetime) -> Q:
    """By the newest assessment that is signed off, as `accounts.health` has it."""
    signed = RiskAssessment.objects.filter(signed_off_at__isnull=False)
    same_time = Q(assessed_at=OuterRef("assessed_at"), pk__gt=OuterRef("pk"))
    newer = Q(assessed_at__gt=OuterRef("assessed_at")) | same_time
    is_newest = ~Exists(signed.filter(newer, account=OuterRef("account")))
    due = signed.filter(review_on__lt=timezone.localdate(at))
    return Q(Exists(due.filter(is_newest, account=OuterRef("pk"))))


def _connection_lost(at: datetime) -> Q:
    ended = Q(credential__refused_at__isnull=False) | Q(credential__expires_at__lte=at)
    return Q(platform__in=PLATFORMS) & ended


def _not_connected(at: datetime) -> Q:
    return Q(platform__in=PLATFORMS, credential__isnull=True)


RULES = (
    Rule(
        "owner_left",
        "No owner",
        "The owner has left. Name somebody who works here.",
        _owner_left,
        "account_people",
        is_urgent=True,
    ),
    Rule(
        "no_deputy",
        "No deputy",
        "Name somebody who stands in for the owner.",
        _no_deputy,
        "account_people",
    ),
    Rule(
        "not_accepted",
        "Not accepted",
        "Ask the owner and the deputy to accept that they answer for it.",
        _not_accepted,
    ),
    Rule(
        "untrained",
        "Owner not trained",
        "The owner’s courses or policies are not in date. Remind them.",
        _untrained,
        is_urgent=True,
    ),
    Rule(
        "not_assessed",
        "Risk not assessed",
        "Assess the risk, and have somebody else sign it off.",
        _not_assessed,
        "risk",
        is_urgent=True,
    ),
    Rule(
        "review_overdue",
        "Risk review overdue",
        "Assess the risk again, and have somebody else sign it off.",
        _review_overdue,
        "risk",
        is_urgent=True,
    ),
    Rule(
        "connection_lost",
        "Connection lost",
        "The platform does not accept the sign-in any more. Connect the account again.",
        _connection_lost,
        "connection",
        is_urgent=True,
    ),
    Rule(
        "not_connected",
        "Not connected",
        "Connect it, so that posts go out from here and mentions come in.",
        _not_connected,
        "connection",
    ),
    Rule(
        "two_factor_off",
        "Two-factor sign-in off",
        "Switch it on at the platform.",
        lambda at: Q(two_factor=TwoFactorState.OFF),
        "account_safety",
        is_urgent=True,
    ),
    Rule(
        "two_factor_unknown",
        "Two-factor sign-in not checked",
        "Look at the platform whether it is on.",
        lambda at: Q(two_factor=TwoFactorState.UNKNOWN),
        "account_safety",
    ),
    Rule(
        "joint_access",
        "Joint access not proved",
        "Have the corporate team sign in as an administrator, and keep the proof.",
        lambda at: Q(joint_access=""),
        "account_safety",
    ),
    Rule(
        "recovery",
        "No recovery contact",
        "Enter where the platform sends what gets a lost account back.",
        lambda at: Q(recovery_contact=""),
        "account_safety",
    ),
    Rule(
        "dormant",
        "No recent post",
        "Post something, or decide whether it is still needed.",
        _dormant,
    ),
    Rule(
        "unbranded",
        "Branding not checked",
        "Check its name, logo and colours against the guidelines.",
        lambda at: Q(branding_checked_on__isnull=True),
        "standards",
    ),
    Rule(
        "standards",
        "Standards not met or not checked",
        "Go through the standards checklist.",
        lambda at: Q(standards_checked_on__isnull=True),
        "standards",
    ),
)
"""The graver first, in the order of the pages."""
BY_KEY = {rule.key: rule for rule in RULES}
