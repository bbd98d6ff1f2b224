"""Choosing pictures of the library for a post, on a page of its own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from pages.numbers import whole_number
from pages.selected import selected_filters
from publishing.actions.drafting import EDITABLE
from publishing.actions.library.choosing import choose_from_library
from publishing.errors import Refused
from publishing.library.cards import cards_of
from publishing.library.filtering import LibraryFilter
from publishing.library.known import known_of
from publishing.models import MediaFile, Post
from publishing.rights import explain_editing, refuse_unless
from publishing.views.answers import answering, visible_post
from publishing.views.library.listing import page_of_items


@permission_required(Permission.WRITE_POST)
@answering
def choose(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The draft was saved before one came here; its revision is kept in the form."""
    by = person_of(request)
    post = visible_post(by, pk)
    refuse_unless(explain_editing(by, post), "add pictures to this post")
    if request.method != "POST":
        return _page(request, post) if post.state in EDITABLE else redirect("post_edit", pk)
    numbers = [whole_number(text) for text in request.POST.getlist("items")]
    chosen = [number for number in numbers if number is not None]
    if not chosen:
        return _page(request, post, "Choose at least one picture")
    try:
        choose_from_library(
            post_id=pk,
            item_ids=list(dict.fromkeys(chosen)),
            revision=whole_number(request.POST.get("revision", "")) or 0,
            by=by,
        )
    except Refused as refused:
        return _page(request, post, refused.message)
    messages.success(request, "The pictures are in your post.")
    return redirect(f"{reverse('post_edit', args=[pk])}#pictures")


def _page(request: HttpRequest, post: Post, problem: str = "") -> HttpResponse:
    chosen = LibraryFilter(request.GET, reader=person_of(request))
    page = page_of_items(chosen, request)
    context = {
        "post": post,
        "form": chosen.form,
        "selected": selected_filters(chosen.form, request.GET),
        "page": page,
        "cards": cards_of(page.rows),
        "errors": [{"text": problem, "href": "#items"}] if problem else [],
        "error": bool(problem),
    }
    status = 422 if problem else 200
    return render(request, "publishing/library/choose.html", context, status=status)


def way_on(button: str, post: Post) -> str:
    """Where the buttons beside the pictures lead: "library", "consent:12"; else nothing."""
    if button == "library":
        return reverse("post_library", args=[post.pk])
    verb, _, number = button.partition(":")
    media_id = whole_number(number) if verb == "consent" else None
    media = MediaFile.objects.usable_in(post).filter(pk=media_id).first() if media_id else None
    known = known_of([media.digest]) if media else {}
    for item in known.values():
        return f"{reverse('consent_new', args=[item.pk])}?post={post.pk}"
    return ""
