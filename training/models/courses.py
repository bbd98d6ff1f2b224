"""Courses and their completions, each with an expiry."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, FilteredRelation, Max, Q
from django.utils import timezone

from accounts.permissions import Permission
from accounts.reach import holds_everywhere

if TYPE_CHECKING:
    from accounts.models import User


class CourseQuerySet(models.QuerySet["Course"]):
    def needed(self, at: datetime | None = None) -> Self:
        """What writing, moving or approving needs; at a moment, of what was offered by then."""
        needed = self.filter(Q(needed_to_write=True) | Q(needed_to_approve=True))
        return needed.filter(added_at__lte=at) if at else needed

    def with_expiry_for(
        self, users: Collection[User], on: date, at: datetime | None = None
    ) -> Self:
        """Each once for every one of `users` who has done it, and once if nobody has.

        `done_by` is the person's id, or None; `expires` the last day that any completion of theirs
        is good for, or None. With `at`, as far as it was on record at that moment.
        """
        done = Q(completions__user__in=users, completions__completed_on__lte=on)
        if at:
            done &= Q(completions__recorded_at__lte=at)
        return self.annotate(
            done=FilteredRelation("completions", condition=done),
            done_by=F("done__user_id"),
            expires=Max("done__expires_on"),
        )


class Course(models.Model):
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=150)
    needed_to_write = models.BooleanField(default=False)
    """Whoever writes, moves or approves posts needs this course in date."""
    needed_to_approve = models.BooleanField(default=False)
    """Whoever approves posts needs this course in date as well."""
    valid_months = models.PositiveSmallIntegerField(default=12)
    added_at = models.DateTimeField(default=timezone.now)
    """Before that nobody could be asked for it."""

    done_by: int | None
    expires: date | None
    """Both only on rows of `with_expiry_for`."""

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class CompletionQuerySet(models.QuerySet["Completion"]):
    def in_date(self, on: date | None = None) -> CompletionQuerySet:
        day = on or timezone.localdate()
        return self.filter(completed_on__lte=day, expires_on__gte=day)

    def visible_to(self, reader: User) -> CompletionQuerySet:
        """One's own, one's team's, and everybody's for whoever may see training records."""
        if not reader.is_employed():
            return self.none()
        if holds_everywhere(reader, Permission.SEE_TRAINING_RECORDS):
            return self.all()
        return self.filter(Q(user=reader) | Q(user__manager=reader))


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
