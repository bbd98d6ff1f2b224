"""The page of an offered file: what is wrong with it, a piece at a time, and as a CSV file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, StreamingHttpResponse

from jobs.offered import OfferedFile
from jobs.standing import Standing, standing_of
from pages.csv_cells import csv_pieces
from pages.csv_upload import CsvUploadForm
from pages.downloads import csv_download
from pages.numbers import whole_number

AT_A_TIME = 50
NEWEST = 10


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


def receive(
    form_class: type[CsvUploadForm], request: HttpRequest, offer: Callable[..., OfferedFile]
) -> tuple[CsvUploadForm, OfferedFile | None]:
    """The form, and the file that was sent with it and could be read.

    `offer` takes `name` and `data`; what it refuses with a ValidationError stands in the form.
    """
    if request.method != "POST":
        return form_class(), None
    form = form_class(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return form, offer(name=file.name, data=file.read())
        except ValidationError as refusal:
            form.add_error("file", refusal)
    return form, None


def earlier_files(files: type[OfferedFile], by: Any) -> list[tuple[OfferedFile, Standing | None]]:
    """The last that `by` sent, each with where its job stands. One query."""
    rows: Any = files._default_manager
    light = rows.visible_to(by).select_related("job").defer("good", "problems")
    return [(each, standing_of(each.job) if each.job else None) for each in light[:NEWEST]]


def problems_csv(found: OfferedFile) -> StreamingHttpResponse:
    """Every problem as a line: row, column, what to do."""
    lines = ([str(each["row"]), each["column"], each["reason"]] for each in found.problems)
    pieces = csv_pieces([("row", "column", "what is wrong"), *lines])
    return csv_download(pieces, f"problems-{found.pk}.csv")
