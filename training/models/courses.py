"""Courses and their completions, each with an expiry."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Course(models.Model):
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=150)
    needed_to_write = models.BooleanField(default=False)
    """Whoever writes, moves or approves posts needs this course in date."""
    needed_to_approve = models.BooleanField(default=False)
    """Whoever approves posts needs this course in date as well."""
    valid_months = models.PositiveSmallIntegerField(default=12)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class CompletionQuerySet(models.QuerySet["Completion"]):
    def in_date(self, on: date | None = None) -> CompletionQuerySet:
        day = on or timezone.localdate()
        return self.filter(completed_on__lte=day, expires_on__gte=day)


class Completion(models.Model):
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="completions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="completions"
    )
    completed_on = models.DateField()
    expires_on = models.DateField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = CompletionQuerySet.as_manager()

    class Meta:
        ordering = ["-completed_on", "-id"]
        indexes = [models.Index(fields=["user", "expires_on"], name="completion_user_expiry")]
        constraints = [
            models.CheckConstraint(
                name="completion_expires_after_it_happened",
                condition=Q(expires_on__gt=F("completed_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.course}"
