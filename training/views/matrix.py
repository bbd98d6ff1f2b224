"""The matrix of people and courses, or policies, for HR and line managers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.permissions import Permission
from accounts.reach import holds_everywhere
from accounts.views.permission import permission_required, person_of
from pages.downloads import csv_download, download
from training.matrix.exporting import export_csv, export_excel
from training.matrix.page import Matrix
from training.matrix.sorting import heads
from training.sections import training_sections


@permission_required(Permission.SEE_TRAINING_RECORDS)
def matrix(request: HttpRequest) -> HttpResponse:
    """Everybody for HR, their own team for a line manager; 25 people a page."""
    me = person_of(request)
    sees_all = holds_everywhere(me, Permission.SEE_TRAINING_RECORDS)
    title = "Who has done what" if sees_all else "Your team’s training"
    return _page(request, Matrix(me, request.GET), "training_matrix", title)


@permission_required(Permission.SEE_TRAINING_RECORDS)
def team(request: HttpRequest) -> HttpResponse:
    """The people whom the reader manages, whatever else they may see."""
    me = person_of(request)
    return _page(
        request, Matrix(me, request.GET, team=True), "training_team", "Your team’s training"
    )


@permission_required(Permission.SEE_TRAINING_RECORDS)
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Everybody whom the filters find, not only the page at hand."""
    pieces = export_csv(Matrix(person_of(request), request.GET))
    return csv_download(pieces, f"training-{timezone.localdate().isoformat()}.csv")


@permission_required(Permission.SEE_TRAINING_RECORDS)
def as_excel(request: HttpRequest) -> StreamingHttpResponse:
    pieces = export_excel(Matrix(person_of(request), request.GET))
    return download(pieces, f"training-{timezone.localdate().isoformat()}.xlsx", EXCEL)


EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _page(request: HttpRequest, shown: Matrix, current: str, title: str) -> HttpResponse:
    page = shown.page()
    context = {
        "title": title,
        "current": current,
        "sections": training_sections(shown.reader, current),
        "of_policies": shown.of_policies,
        "form": shown.filter.form,
        "selected": shown.selected(),
        "keep": shown.kept(),
        "page": page,
        "lines": shown.lines(list(page.rows)),
        "columns": [*heads(request.GET), *shown.heads()],
        "figures": shown.figures(),
        "query": shown.address(),
    }
    return render(request, "training/matrix/matrix.html", context)
