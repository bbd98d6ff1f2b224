"""Moving a post to another time, withdrawing it, archiving it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import may
from accounts.models import User
from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from pages.local_time import in_words, in_words_for_form
from publishing.actions.moving import MOVABLE, move, move_and_approve
from publishing.actions.submitting import archive, withdraw
from publishing.clashes import clashes_with
from publishing.errors import ChecksFailed, Refused
from publishing.forms.deciding import MoveForm
from publishing.models import Post, PostState, Version
from publishing.rights import is_own_work, require
from publishing.views.answers import answering, version_of, visible_post


@permission_required(Permission.SCHEDULE_POST)
@answering
def schedule(request: HttpRequest, pk: int) -> HttpResponseBase:
    mover = person_of(request)
    post = visible_post(mover, pk)
    if request.method == "POST":
        return _moved(request, mover, post)
    if post.version is None or post.state not in MOVABLE:
        return redirect("post", pk=pk)
    require(mover, Permission.SCHEDULE_POST, on=post.version, to="move this post")
    return _page(request, mover, post, MoveForm(initial=_initial(post.version)))


@login_required
@require_POST
@answering
def withdraw_post(request: HttpRequest, pk: int) -> HttpResponseBase:
    post = visible_post(person_of(request), pk)
    withdraw(post_id=post.pk, by=person_of(request))
    messages.success(request, f"“{post}” is withdrawn.")
    return redirect("post", pk=pk)


@login_required
@require_POST
@answering
def archive_post(request: HttpRequest, pk: int) -> HttpResponseBase:
    post = visible_post(person_of(request), pk)
    archive(post_id=post.pk, by=person_of(request))
    messages.success(request, f"“{post}” is archived.")
    return redirect("post", pk=pk)


def _moved(request: HttpRequest, mover: User, post: Post) -> HttpResponseBase:
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _page(request, mover, post, form, status=422)
    version = version_of(post, form.cleaned_data["version"])
    try:
        moved = _move(request, version, form, mover)
    except Refused as refusal:
        form.add_error(refusal.field or None, refusal.message)
        return _page(request, mover, post, form, status=422)
    except ChecksFailed as failed:
        for finding in failed.findings:
            form.add_error(None, finding.message)
        return _page(request, mover, post, form, status=422)
    needs = _NEEDS.get(PostState(moved.state), "")
    messages.success(request, f"“{post}” is moved to {in_words(form.at)}.{needs}")
    return redirect(_back(request, post))


def _back(request: HttpRequest, post: Post) -> str:
    """The calendar that the mover came from; else the post."""
    asked = request.GET.get("back", "")
    is_ours = asked.startswith(reverse("calendar")) and asked.isprintable()
    return asked if is_ours else reverse("post", args=[post.pk])


_NEEDS = {
    PostState.AWAITING_APPROVAL: " It has to be approved.",
    PostState.SECOND_CHECK: " It needs a second check.",
}


def _move(request: HttpRequest, version: Version, form: MoveForm, mover: User) -> Post:
    if request.POST.get("do") == "move_and_approve":
        digest = form.cleaned_data["digest"]
        return move_and_approve(version_id=version.pk, digest=digest, at=form.at, by=mover)
    return move(version_id=version.pk, at=form.at, by=mover)


def _page(
    request: HttpRequest, mover: User, post: Post, form: MoveForm, status: int = 200
) -> HttpResponseBase:
    version = post.version
    context = {
        "post": post,
        "form": form,
        "back": _back(request, post),
        "clashes": clashes_with(post, mover) if post.publish_at else [],
        "can_approve": version is not None
        and not is_own_work(mover, post, version)
        and may(mover, Permission.APPROVE_POST, on=version),
    }
    return render(request, "publishing/schedule.html", context, status=status)


def _initial(version: Version) -> dict[str, object]:
    on, at, fold = in_words_for_form(version.publish_at)
    return {
        "version": version.pk,
        "digest": version.digest,
        "publish_on": on,
        "publish_time": at,
        "publish_fold": fold,
    }
