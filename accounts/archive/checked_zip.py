"""A ZIP with one folder that says, for each file in it, which bytes it holds."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import BinaryIO, Self

CHECKSUMS = "checksums.txt"
PIECE = 1024 * 1024
MOST = 0o644 << 16
"""Whoever unpacks it may read every file."""

Write = Callable[[bytes], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was written into one file."""

    sha256: str
    size: int


class CheckedZip:
    """Files are written one after the other, in pieces; `files` says what each holds.

    Left without an error, it ends with `checksums.txt`, as `sha256sum -c` reads it. Every file
    has the same time, so that the same content is the same ZIP.
    """

    def __init__(self, to: BinaryIO, folder: str, at: datetime) -> None:
        self._zip = zipfile.ZipFile(to, "w")
        self._folder = folder
        self._at = at
        self.files: dict[str, Checked] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            lines = [f"{kept.sha256}  {name}\n" for name, kept in sorted(self.files.items())]
            self.put(CHECKSUMS, "".join(lines).encode())
        self._zip.close()

    @contextmanager
    def file(self, name: str, *, squeezed: bool = True) -> Iterator[Write]:
        """Writes into a new file; `squeezed` is not worth its time for pictures and films."""
        entry = zipfile.ZipInfo(f"{self._folder}/{name}", self._at.timetuple()[:6])
        entry.compress_type = zipfile.ZIP_DEFLATED if squeezed else zipfile.ZIP_STORED
        entry.external_attr = MOST
        digest, size = hashlib.sha256(), 0
        with self._zip.open(entry, "w", force_zip64=True) as file:

            def write(piece: bytes) -> None:
                nonlocal size
                file.write(piece)
                digest.update(piece)
                size += len(piece)

            try:
                yield write
            finally:
                # What was begun is in the ZIP, whole or not.
                self.files[name] = Checked(digest.hexdigest(), size)

    def put(self, name: str, content: bytes) -> None:
        """A whole file at once."""
        with self.file(name) as write:
            write(content)

    def copy(self, name: str, source: BinaryIO) -> str:
        """A file of the store as it is; the SHA-256 of what was copied."""
        with self.file(name, squeezed=False) as write:
            while piece := source.read(PIECE):
                write(piece)
        return self.files[name].sha256
