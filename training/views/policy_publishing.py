"""Bringing a policy into force, its yearly review, and who acknowledged it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import holds
from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer, is_done
from accounts.views.permission import permission_required, person_of
from audit.catalogue import Event
from audit.models import Entry
from audit.presenters import sentence
from pages.days import months_after
from pages.downloads import csv_download
from training.actions import policy_publishing as actions
from training.forms.consultation import DecisionForm, PublishForm, ReviewForm
from training.policies import records
from training.policies.reading import shown_of
from training.policies.ready import readiness_of
from training.views.policies import visible_document
from training.views.policy_drafts import draft_of
from training.views.policy_stale import (
    TooLate,
    answer_on_wording,
    in_time,
    sent_again,
    tells_when_over,
)

KEEPERS = (Permission.EDIT_POLICIES, Permission.SEE_TRAINING_RECORDS)


@permission_required(Permission.EDIT_POLICIES)
@tells_when_over
def committee(request: HttpRequest, slug: str) -> HttpResponseBase:
    version = draft_of(slug)
    form = DecisionForm(request.POST or None, version=version)
    page = FormPage(
        title="Record the committee’s decision",
        caption=str(version),
        lead="It is kept for the wording that the draft has now. "
        "If the committee changed the text, change the draft first.",
        button="Record",
        back=reverse("policy_draft", args=[slug]),
        done="The decision is kept.",
    )
    return answer_on_wording(
        request,
        page,
        form,
        lambda: actions.record_decision(
            by=person_of(request), version=version, **form.cleaned_data
        ),
    )


@permission_required(Permission.EDIT_POLICIES)
@tells_when_over
def publish(request: HttpRequest, slug: str) -> HttpResponseBase:
    version = draft_of(slug)
    ready = readiness_of(version)
    form = PublishForm(request.POST or None, version=version, asks_why=bool(ready.passed_over))
    me, changed = person_of(request), None
    act = in_time(lambda: actions.publish(by=me, version=version, **form.cleaned_data))
    try:
        if is_done(request, form, act, said=f"{version} is published."):
            return redirect("policy", slug)
    except TooLate as late:
        changed = sent_again(request, form, late.kept)
    context = {"document": version.document, "version": version, "ready": ready, "form": form}
    context |= {"since": changed, "error": bool(changed)}
    status = 409 if changed else 422 if form.errors else 200
    return render(request, "training/policies/publish.html", context, status=status)


@login_required
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """Reviewed, and still right: for the owner, and for whoever keeps policies."""
    me = person_of(request)
    document = visible_document(me, slug)
    if document.owner != me and not holds(me, Permission.EDIT_POLICIES):
        raise Http404
    next_on = months_after(timezone.localdate(), actions.REVIEW_MONTHS)
    form = ReviewForm(request.POST or None, initial={"next_on": f"{next_on:%d/%m/%Y}"})
    page = FormPage(
        title="Reviewed, no change needed",
        caption=document.title,
        lead="If something has to change, start a new version instead.",
        button="Keep as it is",
        back=reverse("policy", args=[slug]),
        done="The review is kept.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.keep_unchanged(by=me, document=document, **form.cleaned_data),
    )


@permission_required(*KEEPERS)
def acknowledged(request: HttpRequest, slug: str) -> HttpResponse:
    me = person_of(request)
    document = visible_document(me, slug)
    version = shown_of(document)
    shares = records.shares(version, me) if version else []
    done, people = sum(each.done for each in shares), sum(each.people for each in shares)
    context = {
        "document": document,
        "version": version,
        "shares": shares,
        "bars": [(each.area, each.percent) for each in shares],
        "message": f"{done} of {people} people have acknowledged it.",
        "history": _history(document.pk) if holds(me, Permission.EDIT_POLICIES) else [],
    }
    return render(request, "training/policies/acknowledged.html", context)


@permission_required(*KEEPERS)
def acknowledged_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    me = person_of(request)
    document = visible_document(me, slug)
    version = shown_of(document)
    if version is None:
        raise Http404
    pieces = records.export(document, version, by=me)
    return csv_download(pieces, f"{document.slug}-version-{version.number}-acknowledged.csv")


def _history(document_id: int) -> list[dict[str, object]]:
    """What happened to the document, the newest first; who acknowledged it is in the file."""
    entries = Entry.objects.about("training.policydocument", str(document_id))
    told = entries.exclude(event__in=[Event.POLICY_ACKNOWLEDGED, Event.POLICY_COMMENTED])
    return [
        {
            "title": sentence(each, "this document"),
            "by": each.actor_name,
            "at": each.at,
            "text": each.reason,
        }
        for each in told.order_by("-sequence")[:50]
    ]
