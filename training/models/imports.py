"""Imports of completions from another learning system's file."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jobs.offered import OfferedFile


class CompletionImport(OfferedFile):
    """The good rows are offered; each becomes a completion once the sender confirms."""

    known = models.PositiveIntegerField(default=0)
    """Rows that were on record already when the file was read."""
    recorded = models.PositiveIntegerField(default=0)
    """Rows that became completions."""

    class Meta(OfferedFile.Meta):
        constraints = [
            models.CheckConstraint(
                name="completions_that_were_imported_were_confirmed",
                condition=Q(taken_at__isnull=True) | Q(job__isnull=False),
            )
        ]
