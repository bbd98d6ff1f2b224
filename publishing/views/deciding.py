"""Deciding about a post: approve, approve and next, ask for changes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.views.permission import permission_required, person_of
from pages.local_time import in_words
from publishing.actions.deciding import approve, ask_for_changes, refuse_unless_decider
from publishing.errors import ChecksFailed
from publishing.forms.deciding import ChangesForm
from publishing.models import UNDECIDED, Post, PostState, Stage
from publishing.queue import next_for
from publishing.rights import refuse_own_work, refuse_second_decision
from publishing.routes import RIGHT_FOR, stage_awaited
from publishing.views.answers import answering, refused, version_of, visible_post


@permission_required(*RIGHT_FOR.values())
@require_POST
@answering
def approve_post(request: HttpRequest, pk: int) -> HttpResponseBase:
    approver = person_of(request)
    post = visible_post(approver, pk)
    version = version_of(post, request.POST.get("version"))
    try:
        decided = approve(
            version_id=version.pk,
            digest=request.POST.get("digest", ""),
            by=approver,
            stage=_stage(request),
        )
    except ChecksFailed as failed:
        return refused(request, failed, pk)
    _say(request, decided)
    if "next" in request.POST and decided.state != PostState.MISSED_SLOT:
        following = next_for(approver, after=decided)
        return redirect("post", pk=following.pk) if following else redirect("posts")
    return redirect("post", pk=pk)


@permission_required(*RIGHT_FOR.values())
def next_post(request: HttpRequest) -> HttpResponseBase:
    """The first post in the queue of the person; the list where there is none."""
    following = next_for(person_of(request))
    return redirect("post", pk=following.pk) if following else redirect("posts")


@permission_required(*RIGHT_FOR.values())
@answering
def changes(request: HttpRequest, pk: int) -> HttpResponseBase:
    approver = person_of(request)
    post = visible_post(approver, pk)
    if request.method == "POST":
        form = ChangesForm(request.POST, use_required_attribute=False)
        if not form.is_valid():
            return _changes_page(request, post, form, status=422)
        version = version_of(post, form.cleaned_data["version"])
        comment = form.cleaned_data["comment"]
        ask_for_changes(version_id=version.pk, comment=comment, by=approver)
        messages.success(request, f"“{post}” is returned to {post.author.name}.")
        return redirect("post", pk=pk)
    stage = stage_awaited(post) if post.state in UNDECIDED else None
    if post.version is None or stage is None:
        return redirect("post", pk=pk)
    refuse_unless_decider(approver, post.version, stage, to="decide about this post")
    refuse_own_work(approver, post, post.version)
    refuse_second_decision(approver, post.version)
    return _changes_page(request, post, ChangesForm(initial={"version": post.version.pk}))


def _stage(request: HttpRequest) -> Stage:
    """What the page asked about; a page that does not say asked for the approval."""
    asked = request.POST.get("stage", Stage.APPROVAL.value)
    return Stage(asked) if asked in Stage.values else Stage.APPROVAL


def _changes_page(
    request: HttpRequest, post: Post, form: ChangesForm, status: int = 200
) -> HttpResponseBase:
    return render(request, "publishing/changes.html", {"post": post, "form": form}, status=status)


def _say(request: HttpRequest, post: Post) -> None:
    if post.state == PostState.MISSED_SLOT:
        messages.error(
            request, f"“{post}” is not approved: its time has passed. Move it to a new time."
        )
    elif post.state == PostState.SECOND_CHECK:
        messages.success(
            request, f"“{post}” is approved. It goes out once somebody else has checked it again."
        )
    elif post.publish_at and post.state == PostState.SCHEDULED:
        messages.success(
            request, f"“{post}” is approved. It goes out on {in_words(post.publish_at)}."
        )
    else:
        messages.success(request, f"“{post}” is approved. It is on its way.")
