"""Moving a post to another time: a new version, to be approved again or in the same step."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from pages.local_time import LocalMoment, in_words
from publishing.actions.deciding import approve_locked, refuse_unless_decider
from publishing.actions.replacing import replace_version
from publishing.actions.voiding import void_decision
from publishing.composition import composition_of
from publishing.errors import Conflict, Refused
from publishing.locks import lock_post, move_to
from publishing.models import Decision, Post, PostState, Stage, Version
from publishing.rights import refuse_own_work, require
from publishing.versions import AS_SOON_AS_APPROVED

MOVABLE = frozenset(
    {
        PostState.AWAITING_APPROVAL,
        PostState.SECOND_CHECK,
        PostState.APPROVED,
        PostState.SCHEDULED,
        PostState.MISSED_SLOT,
    }
)


@transaction.atomic
def move(*, version_id: int, at: datetime, by: User) -> Post:
    """Give the post another time: a new version, which has to be approved (again).

    Moving to the same time again is harmless. Raises Refused for a time that has passed,
    NotAllowed, AlreadyOut, and Conflict where `version_id` is not the newest version.
    """
    post, version = _locked(version_id, at, by)
    if post.state == PostState.AWAITING_APPROVAL and version.publish_at == at:
        return post
    before = version
    version = _new_version_at(post, version, at, edited_by=by, by=by)
    if post.state != PostState.AWAITING_APPROVAL:
        move_to(post, PostState.AWAITING_APPROVAL)
    post.save()
    record(Event.POST_MOVED, by=by, on=post, before=_due(before), after=_due(version))
    return post


@transaction.atomic
def move_and_approve(*, version_id: int, digest: str, at: datetime, by: User) -> Post:
    """Approve what `by` saw, at another time: a new version and its approval at once.

    It is the first approval of the new version, whatever the one before had: where its route has a
    second check, somebody else still gives that.
    The new version's editor stays whoever last changed its words: moving is no editing, but who
    wrote or last edited the words cannot do this. Doing it again is harmless.
    Raises Refused, NotAllowed, OwnWork, AlreadyOut, ChecksFailed and Conflict.
    """
    post, version = _locked(version_id, at, by)
    require(by, Permission.APPROVE_POST, on=version, to="approve this post")
    refuse_own_work(by, post, version)
    decided = version.approvals.filter(decided_by=by, decision=Decision.APPROVED)
    if version.publish_at == at and decided.exists():
        return post
    if version.pk != version_id or digest != version.digest:
        raise Conflict(f"Changed on {in_words(post.changed_at)}. Review it again.")
    moved = _new_version_at(post, version, at, edited_by=version.edited_by, by=by)
    if post.state != PostState.AWAITING_APPROVAL:
        move_to(post, PostState.AWAITING_APPROVAL)
        # The database sees each step: a post leaves its second check by one, or by starting again.
        post.save()
    record(
        Event.POST_MOVED_AND_APPROVED,
        by=by,
        on=post,
        before=_due(version),
        after=_due(moved),
    )
    # Another time may be in another route, of other people.
    refuse_unless_decider(by, moved, Stage.APPROVAL, to="approve this post at that time")
    approve_locked(post, moved, by=by)
    return post


def _locked(version_id: int, at: datetime, by: User) -> tuple[Post, Version]:
    """The locked post and the version, if `by` may move it to `at`."""
    post_id = Version.objects.values_list("post_id", flat=True).get(pk=version_id)
    post = lock_post(post_id)
    version = post.version
    if version is None:
        raise Conflict("This post is a draft: change its time in the form.")
    require(by, Permission.SCHEDULE_POST, on=version, to="move this post")
    if version.pk != version_id and version.publish_at != at:
        raise Conflict(f"Changed on {in_words(post.changed_at)}. Review it again.")
    if post.state not in MOVABLE:
        raise Conflict(
            f"A post that is “{PostState(post.state).label}” cannot be moved to another time."
        )
    if at <= timezone.now():
        raise Refused(f"Choose a time in the future: {in_words(at)} has passed", "publish_on")
    return post, version


def _new_version_at(
    post: Post, version: Version, at: datetime, *, edited_by: User, by: User
) -> Version:
    """The same as `version` but for the time; what was approved before is void, the draft follows.

    Raises Conflict if the rows of `version` are not what its digest says.
    """
    void_decision(post, by=by, reason="The post was moved to another time.")
    composition = replace(composition_of(version), when=LocalMoment(at))
    return replace_version(post, version, composition, edited_by=edited_by)


def _due(version: Version) -> dict[str, object]:
    when = version.publish_at
    return {
        "version": version.number,
        "digest": version.digest,
        "due_at": in_words(when) if when else AS_SOON_AS_APPROVED,
    }
