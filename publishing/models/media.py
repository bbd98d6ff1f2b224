"""Media files: checked, re-encoded pictures and videos, each kept once under its digest."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from platforms.contract import MediaKind


def _path(media: MediaFile, file_name: str) -> str:
    extension = file_name.rpartition(".")[2]
    return f"posts/{media.digest[:2]}/{media.digest}.{extension}"


class MediaFile(models.Model):
    kind = models.CharField(max_length=10, choices=[(kind, kind.title()) for kind in MediaKind])
    content_type = models.CharField(max_length=50)
    digest = models.CharField(max_length=64, db_index=True)
    """SHA-256 of the bytes as stored and sent."""
    file = models.FileField(upload_to=_path, max_length=200)
    original_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.original_name
