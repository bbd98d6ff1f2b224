"""Celery's way in to the intake: every task takes ids and calls one function."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from monitoring import intake


@shared_task(name="monitoring.take_in_all")
def take_in_all() -> None:
    """Ask for the mentions of every account that is due, each in a task of its own."""
    for account_id in intake.accounts_due(timezone.now()):
        take_in.delay(account_id)


@shared_task(name="monitoring.take_in")
def take_in(account_id: int) -> None:
    intake.take_in(account_id)


@shared_task(name="monitoring.take_in_all_figures")
def take_in_all_figures() -> None:
    """Ask for today's figures of every connected account, each in a task of its own."""
    for account_id in intake.connected_accounts():
        take_in_figures.delay(account_id)


@shared_task(name="monitoring.take_in_figures")
def take_in_figures(account_id: int) -> None:
    intake.take_in_figures(account_id)
