"""The e-mail when long work has ended: once, to whoever asked for it."""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from jobs.models import Job, JobState

log = structlog.get_logger(__name__)


def send_letters(jobs: QuerySet[Job]) -> None:
    """Write to whoever asked for those of `jobs` that have ended, and was not written to yet.

    A letter that could not be handed over is left for the next call; one during which the process
    ended is not sent again.
    """
    ended = jobs.filter(state__in=(JobState.DONE, JobState.FAILED), mailed_at__isnull=True)
    for job in ended.select_related("asked_by"):
        claimed = Job.objects.filter(pk=job.pk, ended_at=job.ended_at, mailed_at__isnull=True)
        if claimed.update(mailed_at=timezone.now()) and _can_be_written_to(job.asked_by):
            _send(job)


def _can_be_written_to(person: Any) -> bool:
    return bool(person.email) and person.is_employed()


def _send(job: Job) -> None:
    how = "done" if job.state == JobState.DONE else "not done"
    # A title may hold anything, a subject no line break.
    subject = " ".join(f"{job.title}: {how}".split())
    words = {"job": job, "address": settings.BASE_URL + reverse("job", args=[job.pk])}
    body = render_to_string("emails/job_ended.txt", words)
    try:
        EmailMessage(subject, body, to=[job.asked_by.email]).send()
    except (SMTPException, OSError):
        log.warning("letter_not_sent", job=job.pk, exc_info=True)
        Job.objects.filter(pk=job.pk, ended_at=job.ended_at).update(mailed_at=None)
