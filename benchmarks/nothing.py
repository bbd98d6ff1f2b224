"""The task that does nothing: what Celery itself costs."""

from __future__ import annotations

from celery import shared_task


@shared_task(name="benchmarks.nothing")
def nothing(number: int) -> None:
    """Takes an id, as the real ones do."""
