"""Files that somebody sent, offered to be taken over: read at once, taken over as long work.

Each kind of file has a table of its own, made from `OfferedFile`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT = timedelta(days=7)


class OfferedFileQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> OfferedFileQuerySet:
        """One's own: a file holds what not everybody sees."""
        return self.filter(by=user)


class OfferedFile(models.Model):
    """One file that was read. The good rows are offered, until somebody confirms."""

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

    objects = OfferedFileQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def kept_until(self) -> Any:
        return self.at + KEPT

    @property
    def bad_rows(self) -> int:
        return len({problem["row"] for problem in self.problems})
