"""Pictures and videos of lessons, to whoever may read those."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.views.permission import person_of
from pages.in_part import shown_in_part
from training.lesson_texts import may_see_file
from training.models import LessonFile

SERVED = frozenset({"image/jpeg", "image/png", "video/mp4", "video/webm"})


@login_required
@require_safe
def lesson_file(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """The file itself, or the part that a player asks for; never anything a browser might run."""
    found = get_object_or_404(LessonFile, course__slug=slug, pk=pk)
    if found.content_type not in SERVED or not may_see_file(person_of(request), found):
        raise Http404
    try:
        opened = found.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    return shown_in_part(opened, found.content_type, request.headers.get("Range", ""))
