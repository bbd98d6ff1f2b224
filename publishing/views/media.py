"""Pictures and videos, only to whoever may see the post that they belong to."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.files.base import File
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.views.permission import person_of
from publishing.models import MediaFile

SERVED = frozenset({"image/jpeg", "image/png", "video/mp4", "video/webm"})


@login_required
@require_safe
def media_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file itself, as the type that we made it, never as anything a browser might run."""
    return as_stored(get_object_or_404(MediaFile.objects.visible_to(person_of(request)), pk=pk))


def as_stored(media: MediaFile) -> HttpResponseBase:
    """The stored bytes, for whoever was found to be allowed to see them."""
    if media.content_type not in SERVED:
        raise Http404
    try:
        opened = media.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    extension = media.content_type.partition("/")[2]
    return as_shown(opened, media.content_type, f"{media.digest[:16]}.{extension}")


def as_shown(opened: File, content_type: str, name: str) -> FileResponse:
    """A file that a browser shows and never runs, kept by nobody on the way."""
    answer = FileResponse(opened, content_type=content_type, filename=name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, max-age=3600, immutable"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
