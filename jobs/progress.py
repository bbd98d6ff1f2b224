"""How far a job is, told outside the work's own transaction.

Kept in the cache, not in the row: while the work's one big transaction runs, nobody sees what it
writes, and where the database is SQLite nobody else can write at all. The row gets the last figures
when the work ends. See `docs/decisions/progress-in-the-cache.md`.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from jobs.models import Job, JobState

TOLD_EVERY_S = 0.5
KEPT_S = 24 * 3600

log = structlog.get_logger(__name__)


class Progress:
    """What the work says of itself. Cheap: call `step` for every row."""

    def __init__(self, job: Job) -> None:
        self.done = 0
        self.total = 0
        self._key = _key(job)
        self._told = 0.0

    def expect(self, total: int) -> None:
        """From here on there are `total` to do; what is done is counted from nothing again."""
        self.done, self.total = 0, total
        self._tell()

    def step(self, more: int = 1) -> None:
        """`more` of them are done; also the sign that the worker is alive."""
        self.done += more
        if self.total:
            self.done = min(self.done, self.total)
        if time.monotonic() - self._told >= TOLD_EVERY_S:
            self._tell()

    def _tell(self) -> None:
        self._told = time.monotonic()
        try:
            cache.set(self._key, (self.done, self.total, timezone.now()), KEPT_S)
        except (OSError, RedisError):
            # The work is worth more than the news of it.
            log.warning("progress_not_told", job=self._key, exc_info=True)


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a job is; `total` is 0 while that is not known."""

    done: int
    total: int
    heard_at: datetime | None
    """When its worker was last heard of, where it said anything yet."""


def reached(job: Job) -> Reached:
    if job.state == JobState.RUNNING and (told := cache.get(_key(job))):
        return Reached(*told)
    return Reached(job.done, job.total, None)


def has_stopped(job: Job, now: datetime) -> bool:
    """Whether the worker of a running job has been silent for longer than its lease."""
    if job.state != JobState.RUNNING or job.lease_until is None or now < job.lease_until:
        return False
    heard_at = reached(job).heard_at
    return heard_at is None or now >= heard_at + timedelta(seconds=settings.JOB_LEASE_S)


def _key(job: Job) -> str:
    """Of this try: what an earlier one still says counts for nothing."""
    return f"job-progress-{job.pk}-{job.tries}"
