"""Where clean files lie: once each, under the SHA-256 of their bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from django.core.files import File
from django.core.files.storage import default_storage

_PIECE = 1024 * 1024


def digest_of_file(file: BinaryIO) -> str:
    """SHA-256 in hexadecimal, read in pieces."""
    file.seek(0)
    made = hashlib.sha256()
    for piece in _pieces(file):
        made.update(piece)
    file.seek(0)
    return made.hexdigest()


def keep(file: BinaryIO, folder: str, digest: str, extension: str, size: int) -> str:
    """Put the bytes in their place, unless they are there already; the name of the place."""
    name = f"{folder}/{digest[:2]}/{digest}.{extension}"
    if default_storage.exists(name):
        if default_storage.size(name) == size:
            return name
        # What a crash left half-written.
        default_storage.delete(name)
    return default_storage.save(name, File(file))


def forget_folder(folder: str) -> None:
    """Delete everything in the folder, and the folders that are empty then. It need not exist."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        default_storage.delete(f"{folder}/{name}")
    for name in folders:
        forget_folder(f"{folder}/{name}")
    with suppress(OSError):
        default_storage.delete(folder)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece
