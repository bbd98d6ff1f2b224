"""The scan that proves a completion: to be downloaded, never shown on a page of ours."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.views.permission import person_of
from training.models import Completion
from training.scans import extension_of, type_of


@login_required
def scan(request: HttpRequest, completion_id: int) -> FileResponse:
    """For HR, the line manager and the person themself."""
    with_scan = Completion.objects.visible_to(person_of(request)).exclude(evidence="")
    kept_as = get_object_or_404(with_scan, pk=completion_id).evidence.name or ""
    try:
        opened = default_storage.open(kept_as)
    except FileNotFoundError as missing:
        raise Http404 from missing
    answer = FileResponse(
        opened,
        as_attachment=True,
        filename=f"completion-{completion_id}.{extension_of(kept_as)}",
        content_type=type_of(kept_as),
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
