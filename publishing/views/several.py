"""Deciding about several posts: each is shown in full, then all are approved with one button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.models import User
from accounts.views.permission import permission_required, person_of
from pages.numbers import whole_number
from publishing.actions.several import MOST, Seen, approve_several
from publishing.composition import Composition, composition_of
from publishing.models import Post, PostState, Stage, Version
from publishing.previews import Preview, previews_of
from publishing.rights import is_own_work
from publishing.routes import RIGHT_FOR, Needed, awaited_by_all, raised_by
from publishing.routes.deciders import explain_deciding


@dataclass(frozen=True, slots=True)
class Shown:
    """One post in full, and why the reader cannot approve it; empty where they can."""

    post: Post
    version: Version
    stage: Stage | None
    composition: Composition
    previews: list[Preview]
    answered: list[Any]
    raised_by: list[Any]
    why_not: str

    @property
    def seen(self) -> str:
        """What the form sends back: this version, with its digest, at this stage."""
        return f"{self.version.pk}:{self.version.digest}:{self.stage}"


@permission_required(*RIGHT_FOR.values())
def several(request: HttpRequest) -> HttpResponseBase:
    """The posts that were chosen in the list; and, posted to, what became of each."""
    approver = person_of(request)
    if request.method == "POST":
        outcomes = approve_several(seen=_seen(request.POST.getlist("seen")), by=approver)
        return render(request, "publishing/several_done.html", {"outcomes": outcomes})
    chosen = list(dict.fromkeys(map(whole_number, request.GET.getlist("post"))))
    posts = _visible(approver, [pk for pk in chosen if pk is not None])
    if not posts:
        messages.warning(request, "Tick at least one post, then press “Read those chosen”.")
        return redirect("posts")
    needed = awaited_by_all(posts[:MOST])
    shown = [_shown(approver, post, needed.get(post.pk)) for post in posts[:MOST]]
    context = {
        "shown": shown,
        "ready": sum(not each.why_not for each in shown),
        "left_out": len(posts[MOST:]),
    }
    return render(request, "publishing/several.html", context)


def _visible(reader: User, chosen: list[int]) -> list[Post]:
    posts = Post.objects.visible_to(reader).filter(pk__in=chosen, version__isnull=False)
    related = posts.select_related("author", "service_area", "version__edited_by")
    return list(related.order_by("due_at", "pk")[: MOST + 5])


def _shown(reader: User, post: Post, needed: Needed | None) -> Shown:
    version = post.version
    if version is None:
        raise TypeError("A draft that was never sent cannot be decided about.")
    composition = composition_of(version)
    return Shown(
        post,
        version,
        needed.stage if needed else None,
        composition,
        previews_of(composition),
        list(version.findings.all()),
        raised_by(composition.accounts),
        _why_not(reader, post, version, needed),
    )


def _why_not(reader: User, post: Post, version: Version, needed: Needed | None) -> str:
    """Why the reader cannot approve it; the action asks once more."""
    if needed is None:
        return f"It waits for no decision: it is “{PostState(post.state).label}”."
    if is_own_work(reader, post, version):
        return "You wrote it or were the last to edit it, so somebody else decides."
    if version.approvals.filter(decided_by=reader).exists():
        return "You decided about it already, so somebody else takes the next stage."
    return " ".join(each.what for each in explain_deciding(reader, needed, version).missing)


def _seen(values: list[str]) -> list[Seen]:
    """What the form sent back; what no page of ours holds is left out."""
    found = (_one(*value.split(":")) for value in values[:MOST] if value.count(":") == 2)
    return [each for each in found if each is not None]


def _one(version: str, digest: str, stage: str) -> Seen | None:
    pk = whole_number(version)
    known = pk is not None and stage in Stage.values
    return Seen(pk, digest, Stage(stage)) if known and pk is not None else None
