"""Small pictures for lists, made of the stored file when somebody first asks."""

from __future__ import annotations

import io

import av
from av.error import FFmpegError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from PIL import Image

from platforms.contract import MediaKind
from publishing.models import MediaFile

LONGEST_EDGE = 480


def thumbnail_of(media: MediaFile) -> File:
    """A JPEG of at most `LONGEST_EDGE` pixels; of a video, its first picture.

    Raises FileNotFoundError where there is none to be made.
    """
    name = f"small/{media.digest[:2]}/{media.digest}.jpg"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(_made(media)))
    return default_storage.open(name, "rb")


def _made(media: MediaFile) -> bytes:
    try:
        with default_storage.open(str(media.file.name), "rb") as opened:
            image = _first_frame(opened) if media.kind == MediaKind.VIDEO else Image.open(opened)
            image.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
            behind = Image.new("RGB", image.size, "white")
            seen = image.convert("RGBA")
            behind.paste(seen, mask=seen)
    except (OSError, ValueError, FFmpegError) as broken:
        raise FileNotFoundError(f"There is no picture of {media}.") from broken
    written = io.BytesIO()
    behind.save(written, "JPEG", quality=80, optimize=True)
    return written.getvalue()


def _first_frame(opened: File) -> Image.Image:
    with av.open(opened, mode="r") as source:
        for frame in source.decode(video=0):
            made: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
            return made
    raise FileNotFoundError
