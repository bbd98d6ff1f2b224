"""Celery's way in to what happens to accounts by the clock: each task calls one action."""

from __future__ import annotations

from celery import shared_task

from accounts.actions import warning


@shared_task(name="accounts.warn_of_reviews")
def warn_of_reviews() -> None:
    warning.warn_of_reviews()
