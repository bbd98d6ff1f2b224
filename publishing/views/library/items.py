"""One item of the library: its page, and changing what is known of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.views.form_page import FormPage, answer
from accounts.views.permission import person_of
from publishing.actions.library import sharing
from publishing.actions.library.describing import describe
from publishing.actions.library.uploading import add_to_library
from publishing.errors import MediaRefused, NotAllowed
from publishing.forms.library import ItemForm, UploadForm
from publishing.library.cards import state_in_a_word
from publishing.library.grounds import obstacles_to_showing
from publishing.library.rights import WHO_MAY_CHANGE, may_change, may_change_consent
from publishing.library.uses import uses_of
from publishing.models import MediaItem
from publishing.views.library.visible import acting, library_reader, visible_item


@library_reader
def upload(request: HttpRequest) -> HttpResponse:
    """Several files at once; each that can be used is kept, whatever the others are."""
    form = UploadForm(request.POST or None, request.FILES or None, use_required_attribute=False)
    refusals: list[str] = []
    if request.method == "POST" and form.is_valid():
        kept, refusals = _taken(request, form)
        if kept and not refusals:
            return redirect("library_item", kept[0].pk) if len(kept) == 1 else redirect("library")
    errors = [{"text": words, "href": "#id_pictures"} for words in refusals]
    context = {"form": form, "errors": errors, "error": bool(errors)}
    status = 422 if request.method == "POST" else 200
    return render(request, "publishing/library/upload.html", context, status=status)


def _taken(request: HttpRequest, form: UploadForm) -> tuple[list[MediaItem], list[str]]:
    kept, refusals = [], []
    for file in form.cleaned_data["pictures"]:
        try:
            item, is_new = add_to_library(file=file, by=person_of(request))
        except MediaRefused as refused:
            refusals.append(refused.message)
        else:
            kept.append(item)
            known = "is in the library" if is_new else "was known already: see what is said of it"
            messages.success(request, f"“{item}” {known}.")
    return kept, refusals


@library_reader
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    reader = person_of(request)
    found = visible_item(reader, item_id)
    consents = [
        (consent, may_change_consent(reader, consent))
        for consent in found.consents.select_related("item", "recorded_by", "withdrawn_by")
    ]
    tag, colour = state_in_a_word(found)
    context = {
        "item": found,
        "tag": tag,
        "colour": colour,
        "obstacles": list(obstacles_to_showing(found, timezone.localdate())),
        "consents": consents,
        "uses": uses_of(found, reader=reader),
        "may_change": may_change(reader, found),
    }
    return render(request, "publishing/library/item.html", context)


@library_reader
def change(request: HttpRequest, item_id: int) -> HttpResponse:
    by = person_of(request)
    found = visible_item(by, item_id)
    if not may_change(by, found):
        raise NotAllowed(WHO_MAY_CHANGE)
    form = ItemForm(request.POST or None, item=found)
    page = FormPage(
        title="Describe it",
        caption=found.title,
        button="Save",
        back=reverse("library_item", args=[found.pk]),
        done="What is known of it is saved.",
    )

    def save() -> object:
        return describe(item_id=found.pk, facts=form.facts(), seen=form.cleaned_data["seen"], by=by)

    return answer(request, page, form, acting(save))


@library_reader
@require_POST
def share(request: HttpRequest, item_id: int) -> HttpResponseBase:
    shown = sharing.share(item_id=visible_item(person_of(request), item_id).pk,
                          by=person_of(request))  # fmt: skip
    messages.success(request, f"“{shown}” is in the library now.")
    return redirect("library_item", item_id)


@library_reader
@require_POST
def take_out(request: HttpRequest, item_id: int) -> HttpResponseBase:
    gone = sharing.take_out(item_id=visible_item(person_of(request), item_id).pk,
                            by=person_of(request))  # fmt: skip
    messages.success(request, f"“{gone}” is out of the library. Posts that use it keep it.")
    # Whoever keeps the library still sees it; others may not.
    is_seen = MediaItem.objects.visible_to(person_of(request)).filter(pk=item_id).exists()
    return redirect("library_item", item_id) if is_seen else redirect("library")
