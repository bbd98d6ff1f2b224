"""Files that a browser shows and never runs, whole or the part that a video player asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.core.files.base import File
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse

_PIECE = 256 * 1024
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def shown_in_part(opened: File, content_type: str, asked: str) -> HttpResponseBase:
    """The open file; 206 with the part where `asked`, the header Range, names one (RFC 9110, 14).

    416 for a part beyond its end. What is not one range of bytes gets the whole file.
    """
    size = opened.size
    part = _part(asked, size)
    answer: HttpResponseBase
    if part is None:
        answer = FileResponse(opened, content_type=content_type)
    elif not part:
        opened.close()
        answer = HttpResponse(status=416)
        answer["Content-Range"] = f"bytes */{size}"
    else:
        answer = StreamingHttpResponse(_pieces(opened, part), status=206, content_type=content_type)
        answer["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
        answer["Content-Length"] = str(len(part))
    answer["Accept-Ranges"] = "bytes"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, max-age=3600, immutable"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _part(asked: str, size: int) -> range | None:
    """None: the whole; an empty range: there is no such part."""
    found = _RANGE.fullmatch(asked)
    if found is None or found.group(1) == found.group(2) == "":
        return None
    first, last = found.groups()
    if not first:
        return range(max(size - int(last), 0), size)
    end = min(int(last), size - 1) if last else size - 1
    if last and int(last) < int(first):
        return None
    return range(int(first), end + 1) if int(first) < size else range(0)


def _pieces(opened: File, part: range) -> Iterator[bytes]:
    with opened:
        opened.seek(part.start)
        left = len(part)
        while left and (piece := opened.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece
