"""Files that a page hands out as they are made."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import StreamingHttpResponse


def csv_download(pieces: Iterable[bytes], name: str) -> StreamingHttpResponse:
    """The pieces as a CSV file of that name, which nothing on the way may keep."""
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
