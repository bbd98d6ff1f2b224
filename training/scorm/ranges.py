"""A stored file sent whole, or the piece of it that a browser asks for, as it does of videos."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import StreamingHttpResponse

_PIECE = 64 * 1024


def in_ranges(
    request: HttpRequest, opened: File[bytes], size: int, content_type: str
) -> HttpResponseBase:
    """RFC 9110, section 14, for one range of bytes. Several, or none, get the whole file."""
    asked = _asked(request.headers.get("range", ""), size)
    if asked is None:
        whole = FileResponse(opened, content_type=content_type)
        whole.headers["Accept-Ranges"] = "bytes"
        return whole
    first, last = asked
    if first > last:
        opened.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Length": str(last - first + 1),
        "Content-Range": f"bytes {first}-{last}/{size}",
    }
    pieces = _pieces(opened, first, last - first + 1)
    return StreamingHttpResponse(pieces, status=206, content_type=content_type, headers=headers)


def _asked(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte; the first after the last where nothing of the file was asked for."""
    found = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", header.strip())
    if not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        return max(size - int(last), 0), (size - 1 if int(last) else -1)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        return 1, 0
    return int(first), min(int(last or size - 1), size - 1)


def _pieces(opened: File[bytes], first: int, left: int) -> Iterator[bytes]:
    with opened:
        opened.seek(first)
        while left and (piece := opened.read(min(left, _PIECE))):
            left -= len(piece)
            yield piece
