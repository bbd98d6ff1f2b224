"""Asking for long work, and asking for it again."""

from __future__ import annotations

from typing import Any

from celery import current_app
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from audit.record import Person
from jobs.kinds import kind_of
from jobs.models import Job, JobState
from jobs.progress import has_stopped


def begin(*, kind: str, about: int, title: str, by: Any, unit: str = "rows") -> Job:
    """Have the work of `kind` done for `by`, once the transaction at hand is committed.

    `about` is the id of what it works on; `title` what the person reads, such as “Import of
    accounts.csv”; `unit` what is counted, such as “posts”. The caller has asked whether `by` may,
    and sees to it that the same is not begun twice. The person's page of it is `job`.
    """
    job = Job.objects.create(kind=kind, about=about, title=title[:200], asked_by=by, unit=unit)
    enqueue(job.pk)
    return job


@transaction.atomic
def try_again(*, by: Person, job: Job) -> Job:
    """Start over what failed or stopped. Raises ValidationError for a job in any other state."""
    locked = Job.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=job.pk)
    kind = kind_of(locked)
    if locked.asked_by_id != by.pk or kind is None:
        raise PermissionDenied
    kind.demand(locked)
    if locked.state != JobState.FAILED and not has_stopped(locked, timezone.now()):
        raise ValidationError("This is under way, or done, already.")
    locked.state, locked.lease_until = JobState.WAITING, None
    locked.message = locked.result_url = ""
    locked.ended_at = locked.mailed_at = None
    locked.done = locked.total = 0
    locked.save()
    enqueue(locked.pk)
    return locked


def enqueue(job_id: int) -> None:
    """Tell the workers, after the commit. Where the broker is away, the next round tells them."""
    transaction.on_commit(lambda: current_app.send_task("jobs.run", args=[job_id]), robust=True)
