"""How the intake of each account is doing, in words for the dashboard and the inbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from accounts.models import SocialAccount
from monitoring.intake import WATCHED


@dataclass(frozen=True, slots=True)
class AccountHealth:
    account: SocialAccount
    problem: str
    """Empty where all is well."""
    since: datetime | None


def account_health(now: datetime) -> list[AccountHealth]:
    """Every watched account, those with a problem first. One query."""
    accounts = SocialAccount.objects.filter(state__in=WATCHED).select_related(
        "intake", "credential", "owner"
    )
    health = [_health(account, now) for account in accounts]
    return sorted(health, key=lambda one: not one.problem)


def _health(account: SocialAccount, now: datetime) -> AccountHealth:
    credential = getattr(account, "credential", None)
    cursor = getattr(account, "intake", None)
    if credential is None:
        return AccountHealth(account, "Not connected: nobody can post or see mentions.", None)
    if credential.refused_at:
        problem = "The platform refused our sign-in: connect the account again."
        return AccountHealth(account, problem, credential.refused_at)
    if cursor is not None and cursor.failing_since:
        return AccountHealth(account, cursor.failure, cursor.failing_since)
    silent = timedelta(seconds=settings.INTAKE_EVERY_S * 5)
    if cursor is not None and cursor.succeeded_at and now - cursor.succeeded_at > silent:
        return AccountHealth(account, "No mentions asked for since then.", cursor.succeeded_at)
    return AccountHealth(account, "", None)
