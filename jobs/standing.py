"""Where a job stands, in words, for its page and the list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobs.kinds import kind_of
from jobs.models import Job, JobState
from jobs.progress import has_stopped, reached

LONG = timedelta(minutes=1)
QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """`state` is one of JobState's values, or "stopped"; `words` say how far it is."""

    state: str
    label: str
    words: str
    done: int
    total: int
    quarter: int
    """0 to 4: a screen reader hears of it when this changes."""

    @property
    def goes_on(self) -> bool:
        return self.state in (JobState.WAITING, JobState.RUNNING)

    @property
    def can_be_tried_again(self) -> bool:
        return self.state in (JobState.FAILED, "stopped")

    @property
    def said(self) -> str:
        """What a screen reader hears."""
        if self.state == JobState.RUNNING:
            return f"{self.quarter * 25}% done" if self.quarter else "Under way"
        return self.label


def standing_of(job: Job) -> Standing:
    now, far = timezone.now(), reached(job)
    stopped = has_stopped(job, now)
    return Standing(
        state="stopped" if stopped else job.state,
        label="Stopped" if stopped else JobState(job.state).label,
        words=_words(job, far.done, far.total, now),
        done=far.done,
        total=far.total,
        quarter=QUARTERS * far.done // far.total if far.total else 0,
    )


def may_have_result(job: Job) -> bool:
    """Whether the person may still see what came of it, as its kind says now."""
    kind = kind_of(job)
    if kind is None:
        return False
    try:
        kind.demand(job)
    except PermissionDenied:
        return False
    return True


def _words(job: Job, done: int, total: int, now: datetime) -> str:
    if job.state == JobState.WAITING:
        long = now - job.asked_at > LONG
        return "Waiting for a worker, longer than usual" if long else "Waiting to start"
    if total:
        return f"{done:,} of {total:,} {job.unit}"
    if job.state != JobState.RUNNING:
        return "At the end" if job.state == JobState.DONE else "Not begun"
    return f"{done:,} {job.unit}" if done else "Under way"
