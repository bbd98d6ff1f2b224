"""The list of the media library."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import may
from accounts.permissions import Permission
from accounts.views.permission import person_of
from pages.keyset import KeysetPage, page_of
from pages.selected import selected_filters
from publishing.library.cards import cards_of
from publishing.library.filtering import LibraryFilter
from publishing.library.uses import ending_soon, live_against_a_withdrawal
from publishing.models import MediaItem
from publishing.sections import post_sections
from publishing.views.library.visible import library_reader

NEWEST_FIRST = ("-added_at", "-id")
A_PAGE = 24


@library_reader
def library(request: HttpRequest) -> HttpResponse:
    reader = person_of(request)
    chosen = LibraryFilter(request.GET, reader=reader)
    page = page_of_items(chosen, request)
    keeps = may(reader, Permission.KEEP_LIBRARY)
    context = {
        "sections": post_sections(reader, "library"),
        "form": chosen.form,
        "selected": selected_filters(chosen.form, request.GET),
        "page": page,
        "cards": cards_of(page.rows),
        "can_add": may(reader, Permission.WRITE_POST),
        "ending": ending_soon().select_related("item")[:A_PAGE] if keeps else (),
        "live": live_against_a_withdrawal()[:A_PAGE] if keeps else (),
    }
    return render(request, "publishing/library/library.html", context)


def page_of_items(chosen: LibraryFilter, request: HttpRequest) -> KeysetPage[MediaItem]:
    """A page of items with their files and consents."""
    rows = chosen.qs if chosen.is_valid() else MediaItem.objects.none()
    rows = rows.select_related("file").prefetch_related("consents")
    return page_of(rows, NEWEST_FIRST, request.GET, A_PAGE)
