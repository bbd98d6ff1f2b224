"""Captions of a video of the library: putting them there, and taking them away."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.views.form_page import FormPage, answer
from accounts.views.permission import person_of
from platforms.contract import MediaKind
from publishing.actions.library.captions import caption_item, uncaption_item
from publishing.errors import NotAllowed, Refused
from publishing.forms.captioning import LibraryCaptionsForm
from publishing.library.rights import WHO_MAY_CHANGE, may_change
from publishing.models import MediaItem
from publishing.views.library.visible import acting, library_reader, visible_item


@library_reader
def caption(request: HttpRequest, item_id: int) -> HttpResponse:
    by = person_of(request)
    found = visible_item(by, item_id)
    if found.file.kind != MediaKind.VIDEO:
        raise Http404
    if not may_change(by, found):
        raise NotAllowed(WHO_MAY_CHANGE)
    form = LibraryCaptionsForm(
        request.POST or None, request.FILES or None, use_required_attribute=False
    )
    page = FormPage(
        title="Captions",
        caption=found.title,
        lead="Every post that takes the video from now on begins with them.",
        button="Save",
        back=reverse("library_item", args=[found.pk]),
        done="The captions are kept with the video.",
    )

    def save() -> MediaItem:
        given = form.cleaned_data
        try:
            return caption_item(
                item_id=found.pk, file=given["file"], language=given["language"], by=by
            )
        except Refused as refused:
            raise Refused(refused.message, "file") from refused

    return answer(request, page, form, acting(save))


@library_reader
@require_POST
def uncaption(request: HttpRequest, item_id: int) -> HttpResponseBase:
    found = visible_item(person_of(request), item_id)
    uncaption_item(item_id=found.pk, by=person_of(request))
    messages.success(request, f"No captions are kept with “{found}” any more. Posts keep theirs.")
    return redirect("library_item", item_id)
