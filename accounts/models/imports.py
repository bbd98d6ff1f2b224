"""Imports of the register from a file: what was found in it, and whether it was taken over."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jobs.offered import OfferedFile


class RegisterImport(OfferedFile):
    """The good rows are offered; the register has them once confirmed."""

    class Meta(OfferedFile.Meta):
        constraints = [
            models.CheckConstraint(
                name="what_was_taken_over_was_confirmed",
                condition=Q(taken_at__isnull=True) | Q(job__isnull=False),
            )
        ]
