"""Completions: the records that somebody learnt a course, until when they count, and from where."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.permissions import Permission
from accounts.reach import holds_everywhere
from training.models.courses import Course, CourseVersion
from training.models.learning import Enrolment

if TYPE_CHECKING:
    from accounts.models import User

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that are taken for one another: I and 1, O and 0."""


def new_reference() -> str:
    """The number of a certificate, as in "K7PM-2QXW-94TD": 60 bits, not to be guessed."""
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(12))
    return "-".join(drawn[at : at + 4] for at in (0, 4, 8))


class CompletedBy(models.TextChoices):
    COURSE = "course", "The course here"
    REFRESHER = "refresher", "The refresher here"
    PACKAGE = "package", "A SCORM package here"
    SESSION = "session", "A face-to-face session"
    PAPER = "paper", "On paper"
    OTHER_SYSTEM = "other_system", "Another learning system"


class CompletionQuerySet(models.QuerySet["Completion"]):
    def on_record(self, at: datetime | None = None) -> Self:
        """As far as it was known, and not withdrawn, at that moment (now by default)."""
        moment = at or timezone.now()
        stands = Q(withdrawn_at=None) | Q(withdrawn_at__gt=moment)
        return self.filter(stands, recorded_at__lte=moment)

    def in_date(self, on: date | None = None, at: datetime | None = None) -> Self:
        """Good on that day, the day on which it runs out included."""
        day = on or timezone.localdate()
        return self.on_record(at).filter(completed_on__lte=day, expires_on__gte=day)

    def counting(self, on: date, at: datetime | None = None) -> Self:
        """What posting accepts on that day: in date, or within the days of grace."""
        return self.on_record(at).filter(completed_on__lte=on, counts_until__gte=on)

    def visible_to(self, reader: User) -> Self:
        """One's own, one's team's, and everybody's for whoever may see training records."""
        if not reader.is_employed():
            return self.none()
        if holds_everywhere(reader, Permission.SEE_TRAINING_RECORDS):
            return self.all()
        return self.filter(Q(user=reader) | Q(user__manager=reader))


class Completion(models.Model):
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="completions")
    version = models.ForeignKey(
        CourseVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="completions"
    )
    """None for a course that had no version here on that day."""
    version_number = models.PositiveIntegerField(default=0)
    """That of `version`, 0 without one: what a version that asks again is compared with."""
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="completions"
    )
    enrolment = models.OneToOneField(
        Enrolment, null=True, blank=True, on_delete=models.PROTECT, related_name="completion"
    )
    by = models.CharField(max_length=15, choices=CompletedBy, default=CompletedBy.OTHER_SYSTEM)
    reference = models.CharField(max_length=14, unique=True, default=new_reference)
    """The number of the certificate, by which anybody can check it."""
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    """Per cent, where there was a quiz."""
    completed_on = models.DateField()
    expires_on = models.DateField()
    """The last day on which it is in date."""
    counts_until = models.DateField()
    """The last day on which posting accepts it: `expires_on` and the course's days of grace."""
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    evidence = models.FileField(max_length=200, blank=True)
    """A picture of the paper, for what was not learnt here."""
    note = models.CharField(max_length=250, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_because = models.CharField(max_length=250, blank=True)

    objects = CompletionQuerySet.as_manager()

    class Meta:
        ordering = ["-completed_on", "-id"]
        indexes = [
            models.Index(fields=["user", "expires_on"], name="completion_user_expiry"),
            # How everybody stands with a course is read from this alone, not from the rows.
            models.Index(
                fields=["course", "expires_on", "user", "version_number", "counts_until"],
                condition=Q(withdrawn_at=None),
                name="completion_standing",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="completion_expires_after_it_happened",
                condition=Q(expires_on__gt=F("completed_on")),
            ),
            models.CheckConstraint(
                name="completion_counts_at_least_until_it_expires",
                condition=Q(counts_until__gte=F("expires_on")),
            ),
            models.CheckConstraint(
                name="completion_of_a_course_here_has_its_enrolment",
                condition=~Q(by__in=("course", "refresher"))
                | Q(enrolment__isnull=False, version__isnull=False),
            ),
            models.CheckConstraint(
                name="completion_withdrawn_by_somebody_for_a_reason",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.course}"
