"""The checks of a draft, and sending it for approval."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from pages.numbers import whole_number
from publishing.actions.drafting import EDITABLE
from publishing.actions.submitting import submit
from publishing.checks.finding import Finding, Severity
from publishing.checks.registry import results
from publishing.composition import compose
from publishing.drafts import Content
from publishing.errors import ChecksFailed
from publishing.models import Post
from publishing.previews import previews_of
from publishing.rights import explain_editing, refuse_unless
from publishing.routes import raised_by
from publishing.views.answers import answering, visible_post


@permission_required(Permission.WRITE_POST)
@answering
def check_post(request: HttpRequest, pk: int) -> HttpResponseBase:
    writer = person_of(request)
    post = visible_post(writer, pk)
    refuse_unless(explain_editing(writer, post), "send this post for approval")
    if request.method == "POST":
        try:
            submit(post_id=pk, revision=_revision(request), by=writer)
        except ChecksFailed:
            return _page(request, post, status=422)
        messages.success(request, f"“{post}” is sent for approval.")
        return redirect("post", pk=pk)
    if post.state not in EDITABLE:
        return redirect("post", pk=pk)
    return _page(request, post)


def _revision(request: HttpRequest) -> int:
    return whole_number(request.POST.get("revision", "")) or 0


def _page(request: HttpRequest, post: Post, status: int = 200) -> HttpResponseBase:
    composition = compose(Content.from_json(post.draft.content))
    done = results(composition)
    found = [finding for _, findings in done for finding in findings]
    stops = [finding for finding in found if finding.severity is Severity.BLOCKING]
    context = {
        "post": post,
        "composition": composition,
        "results": done,
        "stops": stops,
        "error": bool(stops),
        "errors": [{"text": stop.message, "href": _place(post, stop)} for stop in stops],
        "previews": previews_of(composition),
        "raised_by": raised_by(composition.accounts),
    }
    return render(request, "publishing/check.html", context, status=status)


def _place(post: Post, finding: Finding) -> str:
    """The field of the form in which it can be put right."""
    edit = reverse("post_edit", args=[post.pk])
    return f"{edit}#id_{finding.field}" if finding.field else edit
