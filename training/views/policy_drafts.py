"""Writing policies: a new document, its details, and the draft of a version."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.forms.reason import ReasonForm
from accounts.forms.refusal import show_refusal
from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from pages.differences import lines_changed
from pages.markdown import render as render_markdown
from training.actions import policy_drafts as actions
from training.actions.starter import draft_starter_policies, missing_policies
from training.forms.policies import ChangeDetailsForm, DetailsForm, DraftForm
from training.models import PolicyVersion
from training.policies.ready import readiness_of
from training.views.policies import visible_document


@permission_required(Permission.EDIT_POLICIES)
def add(request: HttpRequest) -> HttpResponse:
    form = DetailsForm(request.POST or None)
    page = FormPage(
        title="Add a policy",
        button="Add and write its text",
        back=reverse("policies"),
        done="The document is there. Write its text now.",
        on=lambda draft: reverse("policy_draft_edit", args=[draft.document.slug]),
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.add_document(by=person_of(request), details=form.details()),
    )


@permission_required(Permission.EDIT_POLICIES)
def add_starters(request: HttpRequest) -> HttpResponse:
    """Those that come with the product and are not here, as drafts."""
    if request.method == "POST":
        added = draft_starter_policies(by=person_of(request))
        words = "1 draft is" if len(added) == 1 else f"{len(added)} drafts are"
        messages.success(request, f"{words} added. Read them, change them and consult on them.")
        return redirect("policies")
    context = {"missing": missing_policies()}
    return render(request, "training/policies/starters.html", context)


@permission_required(Permission.EDIT_POLICIES)
def details(request: HttpRequest, slug: str) -> HttpResponse:
    document = visible_document(person_of(request), slug)
    form = ChangeDetailsForm(request.POST or None, document=document)
    page = FormPage(
        title="Change the details",
        caption=document.title,
        button="Save",
        back=reverse("policy", args=[slug]),
        done="The details are saved.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.change_document(
            by=person_of(request),
            document=document,
            details=form.details(),
            review_on=form.cleaned_data["review_on"],
        ),
    )


@require_POST
@permission_required(Permission.EDIT_POLICIES)
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """A draft that begins as a copy of the newest version; where there is one, go on with that."""
    me = person_of(request)
    try:
        actions.start_version(by=me, document=visible_document(me, slug))
    except ValidationError as refusal:
        messages.info(request, refusal.messages[0])
    return redirect("policy_draft", slug)


@permission_required(Permission.EDIT_POLICIES)
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft, what was said of it, and what it still needs."""
    version = draft_of(slug)
    comments = version.comments.select_related("by", "consultee__user", "replied_by")
    context = {
        "document": version.document,
        "version": version,
        "ready": readiness_of(version),
        "comments": list(comments),
        "kept": set(version.wordings.values_list("digest", flat=True)),
        "decisions": version.decisions.select_related("recorded_by"),
    }
    return render(request, "training/policies/draft.html", context)


@permission_required(Permission.EDIT_POLICIES)
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    version = draft_of(slug)
    form = DraftForm(request.POST or None, version=version)
    asks_preview = request.POST.get("do") == "preview"
    status, theirs = 200, None
    if form.is_bound and form.is_valid() and not asks_preview:
        try:
            actions.save_draft(by=person_of(request), version=version, **form.words())
        except actions.StaleDraft as stale:
            status, theirs = 409, stale.kept
            form.data = {**form.cleaned_data, "seen": actions.seen_of(stale.kept)}
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "The draft is saved.")
            return redirect("policy_draft", slug)
    typed = form.data.get("text", "") if form.is_bound else version.text
    context = {
        "document": version.document,
        "version": version,
        "form": form,
        "preview": render_markdown(typed) if asks_preview else None,
        "theirs": theirs,
        "pieces": lines_changed(theirs.text, typed.replace("\r\n", "\n")) if theirs else (),
    }
    status = 422 if form.errors else status
    return render(request, "training/policies/edit.html", context, status=status)


@permission_required(Permission.EDIT_POLICIES)
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    version = draft_of(slug)
    form = ReasonForm(request.POST or None)
    page = FormPage(
        title="Withdraw the draft",
        caption=str(version),
        button="Withdraw",
        button_kind="warning",
        lead="Nobody is asked about it any more. What was said of it is kept.",
        back=reverse("policies"),
        done="The draft is withdrawn.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.withdraw_draft(
            by=person_of(request), version=version, reason=form.cleaned_data["reason"]
        ),
    )


def draft_of(slug: str) -> PolicyVersion:
    """The draft of the document; without one, nothing is found."""
    rows = PolicyVersion.objects.drafts().select_related("document", "drafted_by")
    return get_object_or_404(rows, document__slug=slug)
