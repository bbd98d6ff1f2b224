"""How an account stands: its risk assessment and its connection, each in one word.

Works on prefetched rows, so that a list asks three queries however long it is.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from accounts.models import Credential, RiskAssessment, SocialAccount


class RiskHealth(StrEnum):
    IN_DATE = "In date"
    IN_GRACE = "Review overdue"
    """Past the day of the review; posts still go out, until `held_from`."""
    OVERDUE = "Review overdue, posts held"
    NOT_SIGNED_OFF = "Not signed off"
    NOT_ASSESSED = "Not assessed"


class ConnectionHealth(StrEnum):
    CONNECTED = "Connected"
    REFUSED = "Refused"
    EXPIRED = "Expired"
    NOT_CONNECTED = "Not connected"


def current_assessment(account: SocialAccount) -> RiskAssessment | None:
    """The newest assessment that is signed off; what came before it does not count any more."""
    signed = [each for each in account.risk_assessments.all() if each.signed_off_at]
    return max(signed, key=lambda each: (each.assessed_at, each.pk), default=None)


def risk_health(account: SocialAccount, at: datetime | None = None) -> RiskHealth:
    current = current_assessment(account)
    if current is None:
        any_at_all = len(account.risk_assessments.all()) > 0
        return RiskHealth.NOT_SIGNED_OFF if any_at_all else RiskHealth.NOT_ASSESSED
    today = timezone.localdate(at)
    if today <= current.review_on:
        return RiskHealth.IN_DATE
    return RiskHealth.IN_GRACE if today < held_from(current.review_on) else RiskHealth.OVERDUE


def held_from(review_on: date) -> date:
    """The first day on which posts are held if nobody reviews: after the day due and the grace."""
    return review_on + timedelta(days=settings.RISK_GRACE_DAYS + 1)


def connection_health(account: SocialAccount, at: datetime | None = None) -> ConnectionHealth:
    credential = credential_of(account)
    if credential is None:
        return ConnectionHealth.NOT_CONNECTED
    if credential.refused_at:
        return ConnectionHealth.REFUSED
    if credential.expires_at and credential.expires_at <= (at or timezone.now()):
        return ConnectionHealth.EXPIRED
    return ConnectionHealth.CONNECTED


def credential_of(account: SocialAccount) -> Credential | None:
    """What is known about the credential, without opening it."""
    try:
        return account.credential
    except ObjectDoesNotExist:
        return None
