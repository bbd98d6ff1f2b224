"""Taking a ZIP file apart: nothing in it is believed, and what is inflated is counted.

The list of what is in it is limited before it is read, the sizes that it names before anything is
inflated, and the bytes that really come while they come. Nothing is written to a disk here: the
whole package is inflated and counted once before anything of it is kept.
"""

from __future__ import annotations

import hashlib
import io
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

from django.conf import settings

from training.scorm.names import is_leftover, refuse_unknown_type, safe_path, shown_name
from training.scorm.refused import PackageRefused

MOST_FILES = 5_000
LONGEST_LIST = 5_000_000
"""Bytes of the ZIP file's own list; with 5,000 files, 1,000 for each."""
LARGEST_RATIO = 200
"""How much larger than the ZIP file its contents may be; web pages come to about 10."""
RATIO_FROM = 20_000_000
"""Bytes below which the ratio does not matter."""
_PIECE = 256 * 1024
_BROKEN = "This is not a ZIP file, or it is damaged. Export the package again, and upload that."
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Inflated:
    """A file of the package, as it really is."""

    size: int
    digest: str
    """SHA-256 of its bytes."""


@dataclass(frozen=True, slots=True)
class Archive:
    """An open ZIP file with a harmless list. What it holds is not believed yet."""

    _zip: zipfile.ZipFile
    _entries: dict[str, zipfile.ZipInfo]
    _packed: int

    @property
    def paths(self) -> list[str]:
        return list(self._entries)

    def beginning_of(self, path: str, most: int) -> bytes:
        """Up to `most` bytes of a file. Raises PackageRefused where it is damaged."""
        with _no_damage(), self._zip.open(self._entries[path]) as source:
            return source.read(most)

    def inflate_all(self, tell: Callable[[int], None]) -> dict[str, Inflated]:
        """Read every file to its end, and keep none; `tell` hears 1 for each, and 0 meanwhile.

        Raises PackageRefused for a package that is damaged, or larger than it says or we take.
        """
        found: dict[str, Inflated] = {}
        total = 0
        with _no_damage():
            for path, entry in self._entries.items():
                found[path] = self._inflate(entry, total, tell)
                total += found[path].size
                tell(1)
        return found

    def open(self, path: str) -> IO[bytes]:
        """A file to be kept, once all of them were inflated."""
        return self._zip.open(self._entries[path])

    def _inflate(
        self, entry: zipfile.ZipInfo, before: int, tell: Callable[[int], None]
    ) -> Inflated:
        """Count what really comes, together with what came `before`."""
        size, digest = 0, hashlib.sha256()
        with self._zip.open(entry) as source:
            while piece := source.read(_PIECE):
                size += len(piece)
                _refuse_too_much(before + size, self._packed)
                digest.update(piece)
                tell(0)
        return Inflated(size, digest.hexdigest())


@contextmanager
def opened(file: BinaryIO) -> Iterator[Archive]:
    """The ZIP file, once its list was found harmless. Raises PackageRefused, saying why."""
    with _no_damage():
        packed = file.seek(0, io.SEEK_END)
        file.seek(0)
        _refuse_packed(packed)
        archive = zipfile.ZipFile(cast("BinaryIO", _Bounded(file)))
    with archive:
        with _no_damage():
            entries = _entries(archive)
        _refuse_too_much(sum(entry.file_size for entry in entries.values()), packed)
        yield Archive(archive, entries, packed)


@contextmanager
def _no_damage() -> Iterator[None]:
    try:
        yield
    except (
        zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, OverflowError,
    ) as broken:  # fmt: skip
        raise PackageRefused(_BROKEN) from broken


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """By path, in the order of the ZIP file; folders and leftovers are passed over."""
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise PackageRefused(
            f"The package holds {len(entries):,} files; we take at most {MOST_FILES:,}."
        )
    found: dict[str, zipfile.ZipInfo] = {}
    seen: set[str] = set()
    for entry in entries:
        name = _name_of(entry)
        path = safe_path(name.removesuffix("/") if entry.is_dir() else name)
        _refuse_odd(entry, path)
        if entry.is_dir() or is_leftover(path):
            continue
        refuse_unknown_type(path)
        if path.casefold() in seen:
            raise PackageRefused(f"The package holds the file “{shown_name(path)}” twice.")
        seen.add(path.casefold())
        found[path] = entry
    _refuse_files_under_files(seen)
    return found


def _name_of(entry: zipfile.ZipInfo) -> str:
    """As it is written in the ZIP file, with what Python would cut off."""
    name = entry.orig_filename
    if not entry.flag_bits & 0x800:
        # Many tools write UTF-8 and do not say so.
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name)


def _refuse_odd(entry: zipfile.ZipInfo, path: str) -> None:
    if entry.flag_bits & 0x41:
        raise PackageRefused("The ZIP file is encrypted. Save it without a password.")
    mode = stat.S_IFMT(entry.external_attr >> 16)
    if mode not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise PackageRefused(
            f"“{shown_name(path)}” is not a file but a link to one. We do not take packages with "
            "links in them."
        )
    if entry.compress_type not in _METHODS:
        raise PackageRefused(
            "The ZIP file is compressed in a way that we do not take. Make it with the standard "
            "method, “Deflate”."
        )


def _refuse_files_under_files(paths: set[str]) -> None:
    """A name cannot be a file and a folder at the same time."""
    for path in paths:
        steps = path.split("/")
        if any("/".join(steps[:count]) in paths for count in range(1, len(steps))):
            raise PackageRefused(f"“{shown_name(path)}” lies in a folder that is a file.")


def _refuse_packed(packed: int) -> None:
    most = settings.PACKAGE_MAX_BYTES
    if packed > most:
        raise PackageRefused(
            f"The ZIP file is larger than {most // 1_000_000:,} MB, the most that we take."
        )


def _refuse_too_much(size: int, packed: int) -> None:
    most = settings.PACKAGE_MAX_BYTES
    if size > most:
        raise PackageRefused(
            f"Unpacked, the package is larger than {most // 1_000_000:,} MB, the most that we take."
        )
    if size > RATIO_FROM and size > packed * LARGEST_RATIO:
        raise PackageRefused(
            f"Unpacked, the package is more than {LARGEST_RATIO} times as large as the ZIP file. "
            "No course is; we do not take it."
        )


class _Bounded(io.RawIOBase):
    """The ZIP file, of which never more is read at once than its list may be long."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def read(self, size: int | None = -1) -> bytes:
        if size is None or size < 0:
            size = LONGEST_LIST
        if size > LONGEST_LIST:
            raise PackageRefused(f"The package lists more files than the {MOST_FILES:,} we take.")
        return self._file.read(size)
