"""How the intake of the accounts is doing, in words for the dashboard and the inbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q

from accounts.models import SocialAccount
from monitoring.intake import WATCHED

SHOWN = 5
"""The dashboard and the inbox name so many of those that are unwell; the register has them all."""


@dataclass(frozen=True, slots=True)
class AccountHealth:
    """One account that is unwell: what is wrong, and since when as far as that is known."""

    account: SocialAccount
    problem: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Health:
    """How many accounts are watched and how many of them are unwell, and the first of these."""

    watched: int
    unwell: int
    first: list[AccountHealth]

    @property
    def well(self) -> int:
        return self.watched - self.unwell

    @property
    def unnamed(self) -> int:
        """Those that are unwell and not among the first."""
        return self.unwell - len(self.first)


def account_health(now: datetime) -> Health:
    """Of every account that we watch on a platform that we can ask. Two queries."""
    watched = SocialAccount.objects.filter(state__in=WATCHED).publishable()
    unwell = _is_unwell(now)
    first = watched.filter(unwell).select_related("intake", "credential")
    first = first.defer("credential__ciphertext").order_by("name", "pk")
    return Health(
        **watched.aggregate(watched=Count("pk"), unwell=Count("pk", filter=unwell)),
        first=[_health(account) for account in first[:SHOWN]],
    )


def _is_unwell(now: datetime) -> Q:
    silent = timedelta(seconds=settings.INTAKE_EVERY_S * 5)
    return (
        Q(credential__isnull=True)
        | Q(credential__refused_at__isnull=False)
        | Q(intake__failing_since__isnull=False)
        | Q(intake__succeeded_at__lt=now - silent)
    )


def _health(account: SocialAccount) -> AccountHealth:
    credential = getattr(account, "credential", None)
    cursor = getattr(account, "intake", None)
    if credential is None:
        return AccountHealth(account, "Not connected: nobody can post or see mentions.", None)
    if credential.refused_at:
        problem = "The platform refused our sign-in: connect the account again."
        return AccountHealth(account, problem, credential.refused_at)
    if cursor is not None and cursor.failing_since:
        return AccountHealth(account, cursor.failure, cursor.failing_since)
    since = cursor.succeeded_at if cursor else None
    return AccountHealth(account, "No mentions asked for since then.", since)
