"""Importing posts: send a file, read what is wrong with it, make drafts, send them on."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from jobs.offered import KEPT
from jobs.offered_page import earlier_files, offered_page, problems_csv, receive
from pages.csv_cells import csv_pieces
from pages.downloads import csv_download
from pages.keyset import page_of
from publishing.actions.drafting import EDITABLE
from publishing.actions.importing import make_drafts, offer_posts
from publishing.forms.imports import PostsForm
from publishing.importing.columns import GUIDE, MAX_ROWS, example_for
from publishing.models import Post, PostImport, PostState
from publishing.views.answers import answering

NAMED = 20
"""Remarks, and rows that were made before, beyond these are counted."""
writer = permission_required(Permission.WRITE_POST)


@writer
@answering
def new(request: HttpRequest) -> HttpResponseBase:
    """Send a file; and go back to those that were sent in the last days."""
    by = person_of(request)
    form, made = receive(PostsForm, request, partial(offer_posts, by=by))
    if made:
        return redirect("post_import", made.pk)
    context = {
        "form": form,
        "guide": GUIDE,
        "most": MAX_ROWS,
        "earlier": earlier_files(PostImport, by),
        "kept_days": KEPT.days,
    }
    status = 422 if form.is_bound else 200
    return render(request, "publishing/importing/new.html", context, status=status)


@writer
def example(request: HttpRequest) -> StreamingHttpResponse:
    """A file with the headings and two rows, to be changed."""
    return csv_download(csv_pieces(example_for(person_of(request))), "posts.csv")


@writer
def offered(request: HttpRequest, import_id: int) -> HttpResponse:
    """What was found in a file, the button that makes the drafts, and the drafts that were made."""
    by, found = person_of(request), _import(request, import_id)
    made = found.made.select_related("post")
    page = page_of(made, ("row", "id"), request.GET)
    before = [each["post"] for each in found.known[:NAMED]]
    context = {
        **offered_page(request, found),
        "page": page,
        "drafts": [_draft(each.row, each.post) for each in page.rows],
        "remarks": found.remarks[:NAMED],
        "more_remarks": max(0, len(found.remarks) - NAMED),
        "before": Post.objects.visible_to(by).filter(pk__in=before).order_by("pk"),
        "more_before": max(0, len(found.known) - NAMED),
    }
    return render(request, "publishing/importing/offered.html", context)


@writer
def problems_file(request: HttpRequest, import_id: int) -> StreamingHttpResponse:
    return problems_csv(_import(request, import_id))


@writer
@require_POST
@answering
def take(request: HttpRequest, import_id: int) -> HttpResponseBase:
    """Begin the long work, and go to its page."""
    found = _import(request, import_id)
    try:
        job = make_drafts(by=person_of(request), offered=found)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("post_import", found.pk)
    return redirect("job", job.pk)


def _import(request: HttpRequest, import_id: int) -> Any:
    mine = PostImport.objects.visible_to(person_of(request)).select_related("job")
    return get_object_or_404(mine, pk=import_id)


def _draft(row: int, post: Post) -> tuple[int, Post, PostState, bool]:
    """For the table of drafts; the last says whether it can still be sent."""
    state = PostState(post.state)
    return row, post, state, state in EDITABLE
