"""Importing accounts from a file: send it, read what is wrong with it, take the good rows over."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.actions.importing import offer_file, take_over
from accounts.forms.imports import ImportForm
from accounts.models import RegisterImport
from accounts.permissions import Permission
from accounts.register.columns_guide import GUIDE
from accounts.register.csv_file import MAX_ROWS, TEMPLATE
from accounts.sections import register_sections
from accounts.views.permission import permission_required, person_of
from jobs.offered import KEPT
from jobs.offered_page import earlier_files, offered_page, problems_csv, receive
from pages.csv_cells import csv_pieces
from pages.downloads import csv_download


@permission_required(Permission.MANAGE_ACCOUNTS)
def new(request: HttpRequest) -> HttpResponse:
    """Send a file; and go back to those that were sent in the last days."""
    by = person_of(request)
    form, made = receive(ImportForm, request, partial(offer_file, by=by))
    if made:
        return redirect("register_import", made.pk)
    context = {
        "form": form,
        "sections": register_sections(by, "register_import_new"),
        "guide": GUIDE,
        "most": MAX_ROWS,
        "earlier": earlier_files(RegisterImport, by),
        "kept_days": KEPT.days,
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/import/new.html", context, status=status)


@permission_required(Permission.MANAGE_ACCOUNTS)
def template(request: HttpRequest) -> StreamingHttpResponse:
    """A file with the headings alone, to be filled in."""
    return csv_download(csv_pieces([TEMPLATE]), "accounts.csv")


@permission_required(Permission.MANAGE_ACCOUNTS)
def offered(request: HttpRequest, import_id: int) -> HttpResponse:
    """What was found in a file, and the button that takes its good rows over."""
    context = offered_page(request, _import(request, import_id))
    return render(request, "accounts/import/offered.html", context)


@permission_required(Permission.MANAGE_ACCOUNTS)
def problems_file(request: HttpRequest, import_id: int) -> StreamingHttpResponse:
    return problems_csv(_import(request, import_id))


@require_POST
@permission_required(Permission.MANAGE_ACCOUNTS)
def take(request: HttpRequest, import_id: int) -> HttpResponse:
    """Begin the long work, and go to its page."""
    found = _import(request, import_id)
    try:
        job = take_over(by=person_of(request), offered=found)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("register_import", found.pk)
    return redirect("job", job.pk)


def _import(request: HttpRequest, import_id: int) -> RegisterImport:
    mine = RegisterImport.objects.visible_to(person_of(request)).select_related("job")
    return get_object_or_404(mine, pk=import_id)
