"""What a file really is, by its first bytes: neither its name nor the browser is believed."""

from __future__ import annotations

from pathlib import PurePath
from typing import BinaryIO

import filetype

from platforms.contract import MediaKind
from uploads.refused import UploadRefused

PICTURE_FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/gif": "GIF",
    "image/heic": "HEIF",
    "image/heif": "HEIF",
}
"""Types of pictures that are taken, and what Pillow calls them."""

VIDEO_FORMATS = {
    "video/mp4": "mov,mp4,m4a,3gp,3g2,mj2",
    "video/x-m4v": "mov,mp4,m4a,3gp,3g2,mj2",
    "video/quicktime": "mov,mp4,m4a,3gp,3g2,mj2",
    "video/webm": "matroska,webm",
}
"""Types of videos that are taken, and the only demuxer that may open them."""

ACCEPTED = "JPEG, PNG, WebP, HEIC or GIF, or a video: MP4, MOV or WebM"

# Five bytes or more: of four, one photograph of 15 MB in thirty has some by chance.
_ACTIVE = (b"<script", b"<html", b"<svg ", b"<!doctype", b"<?php", b"javascript:")
_PICTURE_NAMES = {".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif"}
_VIDEO_NAMES = {".mp4", ".m4v", ".mov", ".webm"}
_HEAD = 4096


def sniff(file: BinaryIO, name: str) -> tuple[MediaKind, str]:
    """The kind and the content type. Raises UploadRefused for everything that is not taken."""
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    if not head:
        raise UploadRefused(f"“{name}” is empty")
    guess = filetype.guess(head)
    found = guess.mime if guess else ""
    if found in PICTURE_FORMATS:
        kind = MediaKind.PICTURE
    elif found in VIDEO_FORMATS:
        kind = MediaKind.VIDEO
    else:
        raise UploadRefused(f"“{name}” is not a picture that we take: use {ACCEPTED}")
    _refuse_wrong_name(kind, name)
    return kind, found


def refuse_active_content(raw: bytes, name: str) -> None:
    """Refuse a picture that is at the same time a page or a program."""
    lowered = raw.lower()
    if any(marker in lowered for marker in _ACTIVE):
        raise UploadRefused(
            f"“{name}” holds something other than a picture. Save it again as a JPEG or PNG, "
            "and upload that"
        )


def _refuse_wrong_name(kind: MediaKind, name: str) -> None:
    suffix = PurePath(name).suffix.lower()
    if kind is MediaKind.PICTURE and suffix in _VIDEO_NAMES:
        raise UploadRefused(f"“{name}” is named like a video but is a picture")
    if kind is MediaKind.VIDEO and suffix in _PICTURE_NAMES:
        raise UploadRefused(f"“{name}” is named like a picture but is a video")
    if suffix and suffix not in _PICTURE_NAMES | _VIDEO_NAMES:
        raise UploadRefused(f"“{name}” is not named like a picture or a video: use {ACCEPTED}")
