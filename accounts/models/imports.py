"""Imports of the register from a file: what was found in it, and whether it was taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.models.people import User


class RegisterImportQuerySet(models.QuerySet["RegisterImport"]):
    def visible_to(self, user: User) -> RegisterImportQuerySet:
        """One's own: a file holds what not every reader of the register sees."""
        return self.filter(by=user)


class RegisterImport(models.Model):
    """One file that was read. The good rows are offered; the register has them once confirmed."""

    name = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    good = models.JSONField(default=list)
    """Each good row as typed, by column, with its number in the file as `row`."""
    problems = models.JSONField(default=list)
    """Each a row's number, the column's name, and what to do: `row`, `column`, `reason`."""
    rows = models.PositiveIntegerField(default=0)
    job = models.OneToOneField(
        "jobs.Job", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """The work that took the good rows over, once somebody confirmed."""
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = RegisterImportQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="what_was_taken_over_was_confirmed",
                condition=Q(taken_at__isnull=True) | Q(job__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name
