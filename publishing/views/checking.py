"""The checks of a draft, the author's answers to them, and sending it for approval."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from pages.numbers import whole_number
from publishing.actions.drafting import EDITABLE
from publishing.actions.submitting import submit
from publishing.checks.answered import advisory
from publishing.checks.finding import Finding, Severity
from publishing.checks.registry import results
from publishing.composition import compose
from publishing.drafts import Content
from publishing.errors import ChecksFailed, StaleDraft
from publishing.forms.answers import AnswersForm
from publishing.models import Post
from publishing.previews import previews_of
from publishing.rights import explain_editing, refuse_unless
from publishing.routes import raised_by
from publishing.routes.shown import route_of_draft
from publishing.views.answers import answering, visible_post


@permission_required(Permission.WRITE_POST)
@answering
def check_post(request: HttpRequest, pk: int) -> HttpResponseBase:
    writer = person_of(request)
    post = visible_post(writer, pk)
    refuse_unless(explain_editing(writer, post), "send this post for approval")
    if request.method == "POST":
        return _send(request, post)
    return Checked(post).page(request) if post.state in EDITABLE else redirect("post", pk=pk)


def _send(request: HttpRequest, post: Post) -> HttpResponseBase:
    checked = Checked(post, request.POST)
    is_valid = checked.form.is_valid()
    # Whoever clicks twice has sent it already: there is nothing left to answer.
    if post.state in EDITABLE and not is_valid:
        return checked.page(request, status=422)
    try:
        submit(
            post_id=post.pk,
            revision=whole_number(request.POST.get("revision", "")) or 0,
            by=person_of(request),
            answers=checked.form.answers() if is_valid else None,
        )
    except StaleDraft as stale:
        return checked.page(request, status=stale.status, said=stale.message)
    except ChecksFailed as refusal:
        return Checked(post, request.POST).page(request, status=refusal.status)
    messages.success(request, f"“{post}” is sent for approval.")
    return redirect("post", pk=post.pk)


class Checked:
    """What the checks say of a draft, and the form in which its author answers them."""

    def __init__(self, post: Post, answered: Any = None) -> None:
        self.post = post
        self.composition = compose(Content.from_json(post.draft.content), post.pk)
        self.results = results(self.composition)
        found = [finding for result in self.results for finding in result.findings]
        self.stops = [each for each in found if each.severity is Severity.BLOCKING]
        self.form = AnswersForm(advisory(found), post.draft.answers, answered)

    def page(self, request: HttpRequest, *, status: int = 200, said: str = "") -> HttpResponseBase:
        """`said` is what else is wrong, at the top of the page."""
        errors = [{"text": stop.message, "href": _place(self.post, stop)} for stop in self.stops]
        context = {
            "post": self.post,
            "composition": self.composition,
            "results": self.results,
            "stops": self.stops,
            "form": self.form,
            "error": bool(self.stops or said),
            "errors": [*([{"text": said}] if said else []), *errors],
            "previews": previews_of(self.composition),
            "route": route_of_draft(self.post, self.composition),
            "raised_by": raised_by(self.composition.accounts),
        }
        return render(request, "publishing/check.html", context, status=status)


def _place(post: Post, finding: Finding) -> str:
    """The field of the form in which it can be put right."""
    edit = reverse("post_edit", args=[post.pk])
    return f"{edit}#id_{finding.field}" if finding.field else edit
