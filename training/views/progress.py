"""Who was in date at the end of each month, as a chart, a table and a file."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from pages.csv_cells import csv_pieces
from pages.downloads import csv_download
from pages.selected import without_place
from training.models import Course
from training.progress import Month, message, months
from training.sections import training_sections


class ProgressForm(forms.Form):
    """What the ratios are of; every answer may be left out."""

    course = forms.ModelChoiceField(
        label="Course", queryset=Course.objects.in_use(), required=False, empty_label="All courses"
    )
    of = forms.ChoiceField(
        label="Share of",
        choices=[("", "People who were asked"), ("everybody", "Everybody who worked here")],
        required=False,
    )
    by = forms.ChoiceField(
        label="By",
        choices=[("", "Directorate"), ("area", "Service area")],
        required=False,
    )


@permission_required(Permission.RECORD_TRAINING)
def progress(request: HttpRequest) -> HttpResponse:
    """The whole council: for HR, not for a line manager."""
    me = person_of(request)
    form = ProgressForm(request.GET)
    found = _found(form)
    names = sorted({name for month in found for name in month.parts})
    context = {
        "sections": training_sections(me, "training_progress"),
        "form": form,
        "message": message(found),
        "points": [
            (f"{month.day:%b %Y}", month.whole.per_cent)
            for month in found
            if month.whole.per_cent is not None
        ],
        "columns": ["Service area", *(f"{month.day:%b %Y}" for month in found)],
        "rows": [(name, _cells(found, name)) for name in names],
        "query": without_place(request.GET),
    }
    return render(request, "training/progress.html", context)


@permission_required(Permission.RECORD_TRAINING)
def progress_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same for each month and part, with the numbers that the shares are of."""
    rows = [["month", "service area", "cases", "in date", "per cent in date"]]
    for month in _found(ProgressForm(request.GET)):
        for name, share in [("All", month.whole), *sorted(month.parts.items())]:
            per_cent = "" if share.per_cent is None else str(share.per_cent)
            rows.append(
                [month.day.isoformat(), name, str(share.cases), str(share.in_date), per_cent]
            )
    return csv_download(csv_pieces(rows), f"training-progress-{timezone.localdate()}.csv")


def _found(form: ProgressForm) -> list[Month]:
    if not form.is_valid():
        return []
    chosen = form.cleaned_data
    return months(
        chosen["course"].pk if chosen["course"] else None,
        everybody=chosen["of"] == "everybody",
        by_directorate=chosen["by"] != "area",
    )


def _cells(found: Sequence[Month], name: str) -> list[tuple[str, str]]:
    return [
        (f"{month.day:%b %Y}", month.parts[name].words if name in month.parts else "Nobody")
        for month in found
    ]
