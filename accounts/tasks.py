"""Celery's way in to what happens to accounts by the clock: each task calls one action."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from accounts.actions import access_rounds, connection_warnings, importing, refreshing, warning
from accounts.sign_in import tries


@shared_task(name="accounts.warn_of_reviews")
def warn_of_reviews() -> None:
    warning.warn_of_reviews()


@shared_task(name="accounts.warn_of_connections")
def warn_of_connections() -> None:
    connection_warnings.warn_of_connections()


@shared_task(name="accounts.renew_connections")
def renew_connections() -> None:
    """One task for each, so that a platform that hangs keeps no other account waiting."""
    for account_id in refreshing.due_for_renewal(timezone.now()):
        renew_connection.apply_async((account_id,), expires=240)


@shared_task(name="accounts.renew_connection")
def renew_connection(account_id: int) -> None:
    refreshing.renew_ahead(account_id)


@shared_task(name="accounts.review_access")
def review_access() -> None:
    access_rounds.go_round()


@shared_task(name="accounts.forget_old_tries")
def forget_old_tries() -> None:
    tries.forget_old_tries()


@shared_task(name="accounts.forget_old_imports")
def forget_old_imports() -> None:
    importing.forget_old_imports()
