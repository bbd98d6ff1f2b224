"""Files that leave by a page, in pieces."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import StreamingHttpResponse


def download(pieces: Iterable[bytes], name: str, content_type: str) -> StreamingHttpResponse:
    """The pieces as a file of that name, which nothing on the way may keep."""
    response = StreamingHttpResponse(pieces, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def csv_download(pieces: Iterable[bytes], name: str) -> StreamingHttpResponse:
    """The same for CSV."""
    return download(pieces, name, "text/csv; charset=utf-8")
