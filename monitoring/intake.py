"""Intake: pull in what is said about an account, from where the last intake stopped.

One account at a time, each with its own cursor, lease and back-off, so that one account's trouble
is its own. A page is stored together with the cursor behind it: whatever dies in between, the next
intake goes on from there and stores nothing twice.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.actions.credentials import mark_refused
from accounts.connection.adapters import connect
from accounts.models import AccountState, SocialAccount
from audit.catalogue import Event
from audit.record import record
from monitoring.models import DailyFigure, IntakeCursor
from monitoring.storing import store
from platforms.contract import MentionPage
from platforms.errors import PlatformError, SignInExpired, TryLater

logger = logging.getLogger(__name__)

MOST_PAGES = 20
"""Pages taken in for one account before others have their turn."""
LEASE = timedelta(minutes=3)
FIRST_BACK_OFF = timedelta(minutes=1)
LONGEST_BACK_OFF = timedelta(hours=1)
WATCHED = (
    AccountState.LIVE,
    AccountState.SUSPENDED,
    AccountState.DORMANT,
    AccountState.CLOSING,
    AccountState.PARTNER,
)


def connected_accounts() -> QuerySet[SocialAccount, int]:
    """Ids of the accounts that we watch and whose sign-in is good."""
    return SocialAccount.objects.filter(
        state__in=WATCHED, credential__isnull=False, credential__refused_at__isnull=True
    ).values_list("pk", flat=True)


def accounts_due(now: datetime) -> QuerySet[SocialAccount, int]:
    """Ids of the connected accounts whose mentions may be asked for now, the longest ago first."""
    due = Q(intake__isnull=True) | Q(intake__due_at__isnull=True) | Q(intake__due_at__lte=now)
    return connected_accounts().filter(due).order_by("intake__succeeded_at", "pk")


def take_in(account_id: int) -> int:
    """Take in what is new for one account; the number of new mentions.

    Does nothing where another worker is at it or it is not due. Raises nothing that a platform
    does: a failure is kept on the account's cursor for people to see.
    """
    cursor = _lease(account_id)
    if cursor is None:
        return 0
    try:
        stored, more = _take_in_pages(cursor)
    except PlatformError as error:
        _failed(cursor, error)
        return 0
    except Exception:
        # An adapter's mistake, or an answer nobody thought of: people see it like any failure.
        logger.exception("Taking in mentions of account %s failed.", account_id)
        _failed(cursor, PlatformError("Something unforeseen went wrong while we read mentions."))
        return 0
    _succeeded(cursor, more=more)
    return stored


def take_in_figures(account_id: int) -> int:
    """Keep today's public figures of one account; the number of figures."""
    account = SocialAccount.objects.select_related("credential").get(pk=account_id)
    try:
        figures = connect(account).figures()
    except PlatformError as error:
        logger.warning("No figures for account %s: %s", account_id, error.message)
        return 0
    rows = [
        DailyFigure(account=account, on=figures.on, name=name, value=value)
        for name, value in figures.values.items()
    ]
    DailyFigure.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["account", "name", "on"],
        update_fields=["value"],
    )
    return len(rows)


def _lease(account_id: int) -> IntakeCursor | None:
    now = timezone.now()
    with transaction.atomic():
        IntakeCursor.objects.bulk_create(
            [IntakeCursor(account_id=account_id)], ignore_conflicts=True
        )
        cursor = (
            IntakeCursor.objects.select_for_update(of=("self",))
            .select_related("account__credential")
            .get(account_id=account_id)
        )
        leased = cursor.lease_until is not None and cursor.lease_until > now
        early = cursor.due_at is not None and cursor.due_at > now
        if leased or early:
            return None
        cursor.lease_until = now + LEASE
        cursor.save(update_fields=["lease_until"])
    return cursor


def _take_in_pages(cursor: IntakeCursor) -> tuple[int, bool]:
    adapter = connect(cursor.account)
    stored = 0
    for _ in range(MOST_PAGES):
        page = adapter.mentions(cursor.cursor)
        stored += _keep(cursor, page)
        if not page.more:
            return stored, False
    return stored, True


def _keep(cursor: IntakeCursor, page: MentionPage) -> int:
    now = timezone.now()
    with transaction.atomic():
        stored = store(cursor.account_id, page.mentions, now)
        cursor.cursor = dict(page.cursor)
        cursor.lease_until = now + LEASE
        cursor.save(update_fields=["cursor", "lease_until"])
    return stored


def _succeeded(cursor: IntakeCursor, *, more: bool) -> None:
    now = timezone.now()
    cursor.succeeded_at = now
    cursor.due_at = None if more else now + timedelta(seconds=settings.INTAKE_EVERY_S / 2)
    cursor.lease_until = cursor.failing_since = None
    cursor.failures, cursor.failure = 0, ""
    cursor.save()


def _failed(cursor: IntakeCursor, error: PlatformError) -> None:
    now = timezone.now()
    back_off = min(FIRST_BACK_OFF * 2 ** min(cursor.failures, 10), LONGEST_BACK_OFF)
    if isinstance(error, TryLater) and error.after is not None:
        back_off = error.after
    first = cursor.failing_since is None
    cursor.failing_since = cursor.failing_since or now
    cursor.failures += 1
    cursor.failure = error.message[:500]
    cursor.due_at = now + back_off
    cursor.lease_until = None
    with transaction.atomic():
        cursor.save()
        if isinstance(error, SignInExpired):
            mark_refused(account=cursor.account, reason=error.message)
        if first:
            record(Event.INTAKE_FAILED, by=None, on=cursor.account, reason=error.message)
