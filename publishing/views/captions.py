"""A post's captions as a file, for whoever may read the post."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.views.permission import person_of
from publishing.models import Captions
from publishing.views.answers import visible_post


@login_required
@require_safe
def captions_file(request: HttpRequest, pk: int, captions_id: int) -> HttpResponseBase:
    post = visible_post(person_of(request), pk)
    return as_file(get_object_or_404(post.captions, pk=captions_id))


def as_file(captions: Captions) -> FileResponse:
    """WebVTT to keep, never to run."""
    stem = PurePath(captions.original_name).stem or "captions"
    answer = FileResponse(
        BytesIO(captions.text.encode()),
        content_type="text/vtt; charset=utf-8",
        as_attachment=True,
        filename=f"{stem}.{captions.language}.vtt",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
