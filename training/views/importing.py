"""Importing completions: send a file, read what is wrong with it, record its good rows."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from jobs.offered import KEPT
from jobs.offered_page import earlier_files, offered_page, problems_csv, receive
from pages.csv_cells import csv_pieces
from pages.downloads import csv_download
from training.actions.importing import offer_completions, record_rows
from training.forms.importing import CompletionsForm
from training.importing.columns import GUIDE, MAX_ROWS, example_for
from training.models import CompletionImport

recorder = permission_required(Permission.RECORD_TRAINING)


@recorder
def new(request: HttpRequest) -> HttpResponse:
    """Send a file; and go back to those that were sent in the last days."""
    by = person_of(request)
    form, made = receive(CompletionsForm, request, partial(offer_completions, by=by))
    if made:
        return redirect("completion_import", made.pk)
    context = {
        "form": form,
        "guide": GUIDE,
        "most": MAX_ROWS,
        "earlier": earlier_files(CompletionImport, by),
        "kept_days": KEPT.days,
    }
    status = 422 if form.is_bound else 200
    return render(request, "training/importing/new.html", context, status=status)


@recorder
def example(request: HttpRequest) -> StreamingHttpResponse:
    """A file with the headings and one row, to be changed."""
    return csv_download(csv_pieces(example_for(person_of(request))), "completions.csv")


@recorder
def offered(request: HttpRequest, import_id: int) -> HttpResponse:
    """What was found in a file, and the button that records its good rows."""
    context = offered_page(request, _import(request, import_id))
    return render(request, "training/importing/offered.html", context)


@recorder
def problems_file(request: HttpRequest, import_id: int) -> StreamingHttpResponse:
    return problems_csv(_import(request, import_id))


@require_POST
@recorder
def take(request: HttpRequest, import_id: int) -> HttpResponse:
    """Begin the long work, and go to its page."""
    found = _import(request, import_id)
    try:
        job = record_rows(by=person_of(request), offered=found)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("completion_import", found.pk)
    return redirect("job", job.pk)


def _import(request: HttpRequest, import_id: int) -> CompletionImport:
    mine = CompletionImport.objects.visible_to(person_of(request)).select_related("job")
    found: CompletionImport = get_object_or_404(mine, pk=import_id)
    return found
