"""Doing the work of a job: under a lease, once at a time, and never left without an end."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from jobs.actions import enqueue
from jobs.kinds import CannotBeDone, Outcome, kind_of
from jobs.letter import send_letters
from jobs.models import Job, JobState
from jobs.progress import Progress, has_stopped

WAITS = timedelta(seconds=60)
"""After which a job that nobody took is announced to the workers again."""
OUR_FAULT = "Something went wrong on our side. Try again: nothing is done twice."
STOPPED = "The work stopped before its end. Try again: nothing is done twice."

log = structlog.get_logger(__name__)


def run(job_id: int) -> None:
    """Do the work of a job that waits; anything else, such as a second message, does nothing."""
    job = _claim(job_id)
    if job is None:
        return
    progress = Progress(job)
    try:
        state, outcome = JobState.DONE, _work(job, progress)
    except CannotBeDone as refusal:
        state, outcome = JobState.FAILED, Outcome(str(refusal), refusal.result_url)
    except ValidationError as refusal:
        state, outcome = JobState.FAILED, Outcome(" ".join(refusal.messages))
    except PermissionDenied as refusal:
        words = str(refusal) or "You may not do this any more."
        state, outcome = JobState.FAILED, Outcome(words)
    except Exception:
        # Whatever it was: a job must not look as if it went on for ever.
        log.exception("job_failed", job=job.pk, kind=job.kind)
        state, outcome = JobState.FAILED, Outcome(OUR_FAULT)
    if _settle(job, state, outcome, progress):
        send_letters(Job.objects.filter(pk=job.pk))


def look_after() -> None:
    """What no worker does any more is ended, what none took is announced again; letters go out."""
    now = timezone.now()
    for job in Job.objects.filter(state=JobState.RUNNING, lease_until__lte=now):
        if has_stopped(job, now):
            _settle(job, JobState.FAILED, Outcome(STOPPED), None)
    waiting = Job.objects.filter(state=JobState.WAITING, asked_at__lte=now - WAITS)
    for job_id in waiting.values_list("pk", flat=True):
        enqueue(job_id)
    send_letters(Job.objects.filter(ended_at__gte=now - timedelta(days=1)))


@transaction.atomic
def _claim(job_id: int) -> Job | None:
    waiting = Job.objects.select_for_update(of=("self",)).select_related("asked_by")
    job = waiting.filter(pk=job_id, state=JobState.WAITING).first()
    if job is None:
        return None
    job.state, job.tries = JobState.RUNNING, job.tries + 1
    job.lease_until = timezone.now() + timedelta(seconds=settings.JOB_LEASE_S)
    job.save(update_fields=["state", "tries", "lease_until"])
    return job


def _work(job: Job, progress: Progress) -> Outcome:
    kind = kind_of(job)
    if kind is None:
        raise CannotBeDone("This release does not know this kind of work any more.")
    return kind.work(job, progress)


def _settle(job: Job, state: JobState, outcome: Outcome, progress: Progress | None) -> bool:
    """Write how it ended; not where somebody has ended this try, or begun another, meanwhile."""
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, tries=job.tries)
    figures = {"done": progress.done, "total": progress.total} if progress else {}
    return bool(
        mine.update(
            state=state,
            message=outcome.message[:500],
            result_url=outcome.result_url,
            file=outcome.file,
            file_name=outcome.file_name,
            ended_at=timezone.now(),
            lease_until=None,
            **figures,
        )
    )
