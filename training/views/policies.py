"""Policies for their readers: the list, one with its text, its versions, and acknowledging it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import holds
from accounts.models import User
from accounts.permissions import Permission
from accounts.views.permission import person_of
from pages.differences import lines_changed
from pages.markdown import render as render_markdown
from pages.markdown import with_whole_addresses
from training.actions.acknowledgements import acknowledge
from training.actions.starter import missing_policies
from training.forms.acknowledging import AcknowledgeForm
from training.models import PolicyDocument, PolicyVersion
from training.policies import reading
from training.policies.records import may_see_acknowledgements
from training.sections import training_sections
from training.standing import SOON, policies_of


@login_required
def policies(request: HttpRequest) -> HttpResponse:
    me = person_of(request)
    may_edit, shelf = holds(me, Permission.EDIT_POLICIES), reading.shelf(me)
    context = {
        "sections": training_sections(me, "policies"),
        "shelf": [each for each in shelf if not each.is_put_away],
        "put_away": [each for each in shelf if each.is_put_away],
        "may_edit": may_edit,
        "missing": missing_policies() if may_edit else [],
    }
    return render(request, "training/policies/policies.html", context)


@login_required
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    me = person_of(request)
    document = visible_document(me, slug)
    version = reading.shown_of(document)
    form, status = AcknowledgeForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            kept = acknowledge(by=me, version=form.cleaned_data["version"])
        except ValidationError as refusal:
            # To be read, and ticked, anew: another version is in force by now.
            form = AcknowledgeForm({"version": version.pk if version else None})
            form.add_error(None, refusal)
            status = 409
        else:
            messages.success(request, f"You have acknowledged {kept.version}.")
            return redirect("training")
    context = {**_page_of(version), **_for(me, document, version), "form": form}
    status = 422 if form.is_bound and status == 200 else status
    return render(request, "training/policies/policy.html", context, status=status)


@login_required
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Any version that was published, as it was."""
    document = visible_document(person_of(request), slug)
    found = get_object_or_404(document.versions.published(), number=number)
    shown = reading.shown_of(document)
    is_old = shown is not None and found.number < shown.number
    context = {**_page_of(found), "document": document, "shown": shown, "is_superseded": is_old}
    return render(request, "training/policies/version.html", context)


@login_required
def changes(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What a published version says otherwise than the one before it, word by word."""
    document = visible_document(person_of(request), slug)
    found = get_object_or_404(document.versions.published(), number=number)
    old = reading.before(found)
    context = {
        "document": document,
        "version": found,
        "old": old,
        "pieces": lines_changed(old.text, found.text) if old else (),
    }
    return render(request, "training/policies/changes.html", context)


@login_required
def printed(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A published version for paper, or for a PDF that the browser saves."""
    document = visible_document(person_of(request), slug)
    found = get_object_or_404(document.versions.published(), number=number)
    page = with_whole_addresses(render_markdown(found.text), settings.BASE_URL)
    context = {**_page_of(found), "document": document, "today": timezone.localdate(), "page": page}
    return render(request, "training/policies/print.html", context)


def visible_document(reader: User, slug: str) -> PolicyDocument:
    """What `reader` may not see is not found."""
    rows = PolicyDocument.objects.visible_to(reader).select_related("owner", "archived_by")
    return get_object_or_404(rows, slug=slug)


def _page_of(version: PolicyVersion | None) -> dict[str, Any]:
    return {
        "version": version,
        "page": render_markdown(version.text) if version else None,
        "approval": reading.approval_of(version) if version else None,
    }


def _for(me: User, document: PolicyDocument, version: PolicyVersion | None) -> dict[str, Any]:
    """How the reader stands with the document, and what they may do with it."""
    learning = next((each for each in policies_of(me) if each.thing == document), None)
    today, edits = timezone.localdate(), holds(me, Permission.EDIT_POLICIES)
    mine = me.acknowledgements.filter(version=version).order_by("-expires_on").first()
    in_use = document.archived_at is None
    in_force = version is not None and reading.is_in_force(version, today)
    earlier = document.versions.published().filter(number__lt=version.number if version else 0)
    upcoming = document.versions.published().filter(in_force_from__gt=today)
    again_from = learning.asked_again_from if learning else None
    return {
        "document": document,
        "learning": learning,
        "mine": mine,
        "in_force": in_force,
        "counts_until": again_from - timedelta(days=1) if again_from else None,
        "asks": in_use and in_force and (mine is None or mine.expires_on < today + SOON),
        "earlier": earlier.defer("text").order_by("-number"),
        "upcoming": upcoming.exclude(number=version.number if version else 0).order_by("-number"),
        "may_edit": edits,
        "may_review": in_use and (edits or document.owner == me),
        "sees_acknowledgements": may_see_acknowledgements(me),
        "draft": document.versions.drafts().first() if edits else None,
    }
