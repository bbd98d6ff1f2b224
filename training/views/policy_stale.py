"""Forms about a draft that came too late: 409, with what was typed and what changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from accounts.access import holds
from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import person_of
from training.actions.policy_drafts import StaleDraft
from training.models import Consultee, PolicyDocument, PolicyVersion

Given = ParamSpec("Given")
_MACHINERY = frozenset({"csrfmiddlewaretoken", "do", "digest", "seen"})


@dataclass(frozen=True, slots=True)
class Since:
    """That the draft has another wording than the one that somebody read."""

    by: str
    at: datetime | None
    """Who changed it last, and when; empty where that was before wordings were kept."""
    href: str
    """Where the difference is; empty where the wording that was read is not kept."""


def kept_wordings(version: PolicyVersion) -> set[str]:
    """The digests of those with which the draft can be compared."""
    return set(version.wordings.values_list("digest", flat=True))


class TooLate(Exception):
    """Not a refusal to be shown beside a field; `kept` is the draft as it is now."""

    def __init__(self, kept: PolicyVersion) -> None:
        super().__init__()
        self.kept = kept


def since(version: PolicyVersion, digest: str) -> Since:
    """What to tell somebody who read the wording with that digest."""
    last = version.wordings.select_related("replaced_by").order_by("-replaced_at").first()
    is_kept = version.wordings.filter(digest=digest).exists()
    href = reverse("policy_draft_since", args=[version.document.slug, digest]) if is_kept else ""
    return Since(last.replaced_by.name if last else "", last.replaced_at if last else None, href)


def answer_on_wording(
    request: HttpRequest, page: FormPage, form: forms.Form, act: Callable[[], object]
) -> HttpResponse:
    """`answer`, for a form with a digest. Where the draft has another wording by now: 409."""

    try:
        return answer(request, page, form, in_time(act))
    except TooLate as late:
        context = {"page": page, "form": form, "since": sent_again(request, form, late.kept)}
        context["error"] = True
        return render(request, "training/policies/form_again.html", context, status=409)


def in_time(act: Callable[[], object]) -> Callable[[], object]:
    """The same action, which raises TooLate where the draft has another wording by now."""

    def acted() -> object:
        try:
            return act()
        except StaleDraft as stale:
            raise TooLate(stale.kept) from stale

    return acted


def sent_again(request: HttpRequest, form: forms.Form, kept: PolicyVersion) -> Since:
    """Lets the form stand as it was sent, now about the wording that the draft has."""
    changed = since(kept, request.POST.get("digest", ""))
    data = request.POST.copy()
    data["digest"] = kept.digest
    form.data = data
    return changed


def tells_when_over(
    view: Callable[Concatenate[HttpRequest, Given], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Given], HttpResponseBase]:
    """What is sent about a draft that was published or withdrawn meanwhile: 409, not lost.

    Whoever was not asked about it and keeps no policies finds nothing, as before.
    """

    @wraps(view)
    def kept(
        request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs
    ) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            over = _over(request) if request.method == "POST" else None
            if over is None:
                raise
            return over

    return kept


def _over(request: HttpRequest) -> HttpResponse | None:
    me, match = person_of(request), request.resolver_match
    given = match.kwargs if match else {}
    if "slug" in given:
        documents = PolicyDocument.objects.filter(slug=given["slug"])
    elif "consultee_id" in given:
        documents = PolicyDocument.objects.filter(versions__consultees__pk=given["consultee_id"])
    else:
        documents = PolicyDocument.objects.filter(versions__comments__pk=given["comment_id"])
    document = documents.first()
    if document is None or document.versions.drafts().exists():
        return None
    was_asked = Consultee.objects.filter(user=me, version__document=document).exists()
    if not was_asked and not holds(me, Permission.EDIT_POLICIES):
        return None
    there = PolicyDocument.objects.visible_to(me).filter(pk=document.pk).exists()
    context = {
        "title": "This draft is not open any more",
        "what": f"The draft of “{document}” was published or withdrawn. Nothing of yours is kept.",
        "yours": _typed(request),
        "href": reverse("policy", args=[document.slug]) if there else reverse("policies"),
        "action": "See the document as it is now" if there else "Go to the policies",
    }
    return render(request, "409.html", context, status=409)


def _typed(request: HttpRequest) -> str:
    words = (request.POST.get(name, "") for name in request.POST if name not in _MACHINERY)
    return "\n\n".join(each for each in words if each.strip())
