"""What the background work leaves behind for people to see."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Heartbeat(models.Model):
    """When a worker, or the timer that wakes them, was last seen alive. One row each."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    detail = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M:%S}"


class JobState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: Any) -> JobQuerySet:
        """One's own: nobody else sees what somebody asked for."""
        return self.filter(asked_by=user)


class Job(models.Model):
    """Long work for one person: how far it is, and what came of it."""

    kind = models.CharField(max_length=40)
    """A key of `jobs.kinds`."""
    about = models.BigIntegerField()
    """The id of what it works on, as its kind understands it."""
    title = models.CharField(max_length=200)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    """What `done` counts towards; 0 while that is not known."""
    unit = models.CharField(max_length=20, default="rows")
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    """While it runs: a worker that says nothing until then has died, and it may be tried again."""
    message = models.CharField(max_length=500, blank=True)
    """What came of it, or why it failed and what to do, for the person."""
    result_url = models.CharField(max_length=300, blank=True)
    """The page to go on to, once it is done."""
    file = models.CharField(max_length=200, blank=True)
    """Where the store keeps its file, if it makes one."""
    file_name = models.CharField(max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="job_state_is_known", condition=Q(state__in=JobState.values)
            ),
            models.CheckConstraint(
                name="job_ended_says_when",
                condition=Q(state__in=(JobState.DONE, JobState.FAILED), ended_at__isnull=False)
                | Q(state__in=(JobState.WAITING, JobState.RUNNING), ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="job_does_no_more_than_all",
                condition=Q(total=0) | Q(done__lte=F("total")),
            ),
        ]

    def __str__(self) -> str:
        return self.title
