"""A post's captions as a file, for whoever may read the post; and adding them by hand."""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from publishing.actions.captioned_by_hand import caption_again, confirm_captioned
from publishing.models import Captions, CaptionTrack
from publishing.views.answers import answering, visible_post


@login_required
@require_safe
def captions_file(request: HttpRequest, pk: int, captions_id: int) -> HttpResponseBase:
    post = visible_post(person_of(request), pk)
    return as_file(get_object_or_404(post.captions, pk=captions_id))


@permission_required(Permission.SETTLE_DELIVERY)
@require_POST
@answering
def by_hand(request: HttpRequest, pk: int, delivery_id: int) -> HttpResponseBase:
    """Somebody added them in the platform's own pages."""
    track = _track(request, pk, delivery_id)
    confirm_captioned(track_id=track.pk, by=person_of(request))
    messages.success(request, "Kept: you added the captions.")
    return redirect("post_results", pk=pk)


@permission_required(Permission.SETTLE_DELIVERY)
@require_POST
@answering
def again(request: HttpRequest, pk: int, delivery_id: int) -> HttpResponseBase:
    track = _track(request, pk, delivery_id)
    caption_again(track_id=track.pk, by=person_of(request))
    messages.success(request, "We try again to add the captions.")
    return redirect("post_results", pk=pk)


def _track(request: HttpRequest, pk: int, delivery_id: int) -> CaptionTrack:
    post = visible_post(person_of(request), pk)
    return get_object_or_404(CaptionTrack, delivery__in=post.deliveries.filter(pk=delivery_id))


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
