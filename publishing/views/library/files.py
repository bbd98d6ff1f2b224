"""The bytes of an item: small for lists, whole for its page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.views.permission import person_of
from publishing.library.thumbnails import thumbnail_of
from publishing.views.library.visible import library_reader, visible_item
from publishing.views.media import as_shown, as_stored


@library_reader
@require_safe
def item_file(request: HttpRequest, item_id: int) -> HttpResponseBase:
    return as_stored(visible_item(person_of(request), item_id).file)


@library_reader
@require_safe
def item_thumbnail(request: HttpRequest, item_id: int) -> HttpResponseBase:
    media = visible_item(person_of(request), item_id).file
    try:
        return as_shown(thumbnail_of(media), "image/jpeg", f"{media.digest[:16]}-small.jpg")
    except FileNotFoundError as gone:
        raise Http404 from gone
