"""Scans of the paper that proves a completion: a picture, made again, or a PDF as it is.

A PDF cannot be made harmless here, so it never opens on our pages: it only leaves as a download.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile

from platforms.contract import MediaKind
from uploads.clean import clean, safe_name
from uploads.refused import UploadRefused
from uploads.store import digest_of_file, keep

FOLDER = "evidence"
MOST_BYTES = 10_000_000
TYPES = {"jpg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}
"""By the ending of the name under which a scan is kept."""
_PDF = b"%PDF-"


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan that can be kept."""

    content: bytes
    extension: str


def read_scan(file: UploadedFile) -> Scan:
    """The scan that was sent. Raises UploadRefused, saying what to send instead."""
    name = safe_name(file.name or "")
    file.seek(0)
    is_pdf = file.read(len(_PDF)) == _PDF
    file.seek(0)
    if (file.size or 0) > MOST_BYTES:
        raise UploadRefused(
            f"“{name}” is {(file.size or 0) / 1e6:.0f} MB: use a file of at most"
            f" {MOST_BYTES / 1e6:.0f} MB"
        )
    if is_pdf:
        return Scan(file.read(), "pdf")
    if name.lower().endswith(".pdf"):
        raise UploadRefused(f"“{name}” is named like a PDF but is none. Scan it again")
    with clean(file) as made:
        if made.kind is not MediaKind.PICTURE:
            raise UploadRefused(f"“{name}” is a video. Use a picture or a PDF")
        return Scan(made.content.read(), made.extension)


def keep_scan(scan: Scan) -> str:
    """Put it in its place; the name of the place."""
    content = io.BytesIO(scan.content)
    return keep(content, FOLDER, digest_of_file(content), scan.extension, len(scan.content))


def type_of(kept_as: str) -> str:
    """The content type of a scan by the name under which it is kept."""
    return TYPES.get(extension_of(kept_as), "application/octet-stream")


def extension_of(kept_as: str) -> str:
    return PurePosixPath(kept_as).suffix.lstrip(".")
