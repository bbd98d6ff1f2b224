"""Where clean files lie: once each, under the SHA-256 of their bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from django.core.files import File
from django.core.files.storage import default_storage

from publishing.models import MediaFile

_PIECE = 1024 * 1024


class MediaTampered(Exception):
    """The bytes on the disk are not those that were approved."""


def digest_of_file(file: BinaryIO) -> str:
    """SHA-256 in hexadecimal, read in pieces."""
    file.seek(0)
    made = hashlib.sha256()
    for piece in _pieces(file):
        made.update(piece)
    file.seek(0)
    return made.hexdigest()


def keep(file: BinaryIO, digest: str, extension: str, size: int) -> str:
    """Put the bytes in their place, unless they are there already; the name of the place."""
    name = f"posts/{digest[:2]}/{digest}.{extension}"
    if default_storage.exists(name):
        if default_storage.size(name) == size:
            return name
        # What a crash left half-written.
        default_storage.delete(name)
    return default_storage.save(name, File(file))


def read(media: MediaFile) -> bytes:
    """The bytes of a file, for sending. Raises MediaTampered if its digest says otherwise."""
    try:
        with media.file.open("rb") as opened:
            content = bytes(opened.read())
    except FileNotFoundError as gone:
        raise MediaTampered(f"The file of “{media.original_name}” is gone.") from gone
    if hashlib.sha256(content).hexdigest() != media.digest:
        raise MediaTampered(f"The file of “{media.original_name}” is not what was uploaded.")
    return content


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece
