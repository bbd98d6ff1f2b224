"""Imports of posts from a file: what was found in it, and the drafts that were made of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jobs.offered import OfferedFile


class PostImport(OfferedFile):
    """The good rows are offered; each becomes a draft once the sender confirms."""

    remarks = models.JSONField(default=list)
    """What will be in the way of sending the draft of a good row: `row`, `what`."""
    known = models.JSONField(default=list)
    """Rows of which the sender made a draft before: `row`, `post`."""

    class Meta(OfferedFile.Meta):
        constraints = [
            models.CheckConstraint(
                name="posts_that_were_imported_were_confirmed",
                condition=Q(taken_at__isnull=True) | Q(job__isnull=False),
            )
        ]


class ImportedPost(models.Model):
    """The draft that was made of one row."""

    file = models.ForeignKey(PostImport, on_delete=models.CASCADE, related_name="made")
    row = models.PositiveIntegerField()
    post = models.OneToOneField(
        "publishing.Post", on_delete=models.CASCADE, related_name="imported"
    )

    class Meta:
        ordering = ["row", "id"]
        constraints = [
            models.UniqueConstraint(fields=["file", "row"], name="one_draft_for_each_row")
        ]

    def __str__(self) -> str:
        return f"Row {self.row} of {self.file}"
