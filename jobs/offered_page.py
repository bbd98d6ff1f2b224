"""The page of an offered file: what is wrong with it, a piece at a time, and as a CSV file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, StreamingHttpResponse

from jobs.offered import OfferedFile
from jobs.standing import standing_of
from pages.csv_cells import csv_pieces
from pages.downloads import csv_download
from pages.numbers import whole_number

AT_A_TIME = 50


def offered_page(request: HttpRequest, found: OfferedFile) -> dict[str, Any]:
    """What the page's template takes."""
    most = len(found.problems)
    asked = whole_number(request.GET.get("from", ""))
    # Nonsense is the first page.
    start = asked if asked is not None and asked < most else 0
    return {
        "found": found,
        "good": len(found.good),
        "problems": found.problems[start : start + AT_A_TIME],
        "previous": f"?from={max(0, start - AT_A_TIME)}" if start else "",
        "next": f"?from={start + AT_A_TIME}" if start + AT_A_TIME < most else "",
        "standing": standing_of(found.job) if found.job else None,
    }


def problems_csv(found: OfferedFile) -> StreamingHttpResponse:
    """Every problem as a line: row, column, what to do."""
    lines = ([str(each["row"]), each["column"], each["reason"]] for each in found.problems)
    pieces = csv_pieces([("row", "column", "what is wrong"), *lines])
    return csv_download(pieces, f"problems-{found.pk}.csv")
