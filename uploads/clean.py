"""A file as a browser sent it, made into one that can be kept: whatever it hides stays behind."""

from __future__ import annotations

import contextlib
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from platforms.contract import MediaKind
from uploads.pictures import clean_picture
from uploads.refused import UploadRefused
from uploads.sniff import sniff
from uploads.videos import Length, clean_video


@dataclass(frozen=True, slots=True)
class Clean:
    """A file made again, ready to be kept."""

    content: BinaryIO
    size: int
    kind: MediaKind
    content_type: str
    extension: str
    width: int
    height: int
    name: str
    length: Length | None = None
    """Of a video."""


@contextlib.contextmanager
def clean(file: UploadedFile) -> Iterator[Clean]:
    """The file, looked into and made again without what it hides, for as long as it is needed.

    Raises UploadRefused, saying why, for everything that cannot be used.
    """
    name = safe_name(file.name or "")
    raw = cast("BinaryIO", file)
    kind, content_type = sniff(raw, name)
    _refuse_too_many_bytes(kind, file.size or 0, name)
    if kind is MediaKind.VIDEO:
        with clean_video(raw, content_type, name) as video, video.path.open("rb") as opened:
            yield Clean(
                opened,
                video.path.stat().st_size,
                kind,
                video.content_type,
                video.extension,
                video.width,
                video.height,
                name,
                video.length,
            )
        return
    picture = clean_picture(raw.read(), content_type, name)
    yield Clean(
        io.BytesIO(picture.content),
        len(picture.content),
        kind,
        picture.content_type,
        picture.extension,
        picture.width,
        picture.height,
        name,
    )


def safe_name(name: str) -> str:
    """The file's own name, for people to recognise it by; nothing is ever stored under it."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(c for c in last if unicodedata.category(c)[0] not in "CZ" or c == " ")
    plain = re.sub(r"[<>\"'&;%]", "", plain).strip(" .")
    return plain[-120:] or "file"


def _refuse_too_many_bytes(kind: MediaKind, size: int, name: str) -> None:
    most = settings.VIDEO_MAX_BYTES if kind is MediaKind.VIDEO else settings.PICTURE_MAX_BYTES
    if size > most:
        raise UploadRefused(
            f"“{name}” is {size / 1_000_000:.0f} MB: use a file of at most "
            f"{most / 1_000_000:.0f} MB"
        )
