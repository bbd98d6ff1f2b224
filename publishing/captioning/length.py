"""How long a stored video lasts: measured when it was taken in, or when somebody first asks."""

from __future__ import annotations

from typing import BinaryIO, cast

from django.core.files.storage import default_storage

from publishing.models import MediaFile
from uploads.videos import length_of


def measured(video: MediaFile) -> MediaFile:
    """The video with its length, as far as that can be told; no lock is held."""
    if video.milliseconds is None:
        try:
            with default_storage.open(str(video.file.name), "rb") as opened:
                length = length_of(cast("BinaryIO", opened))
        except FileNotFoundError:
            return video
        video.milliseconds, video.has_sound = length.milliseconds, length.has_sound
        video.save(update_fields=["milliseconds", "has_sound"])
    return video
