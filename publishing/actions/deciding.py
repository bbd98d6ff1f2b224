"""Deciding about a version: approving it, or asking for changes."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from publishing.actions.scheduling import make_deliveries, miss_slot
from publishing.checks.registry import blocking_findings
from publishing.composition import composition_of
from publishing.digest import digest_of
from publishing.errors import ChecksFailed, Conflict, Refused
from publishing.local_time import in_words
from publishing.locks import lock_post, move_to
from publishing.models import Approval, Decision, Post, PostState, Version
from publishing.rights import refuse_own_work, require


@transaction.atomic
def approve(*, version_id: int, digest: str, by: User) -> Post:
    """Approve the version that `by` saw, whose digest the page held; it is then on its way.

    The post comes back approved (going out now) or scheduled; or as a missed slot, not approved,
    where its time has passed: it then needs a new one. Approving again is harmless.
    Raises NotAllowed, OwnWork, ChecksFailed, and Conflict where the post is not, or no longer,
    what was seen, or somebody else decided first.
    """
    post, version = _locked(version_id)
    require(by, Permission.APPROVE_POST, on=version, to="approve this post")
    refuse_own_work(by, post, version)
    if _has_decided(version, Decision.APPROVED, by):
        return post
    refuse_unless_current(post, version, digest)
    now = timezone.now()
    if version.publish_at and version.publish_at <= now:
        miss_slot(post, by=by)
        return post
    approve_locked(post, version, by=by)
    return post


@transaction.atomic
def ask_for_changes(*, version_id: int, comment: str, by: User) -> Post:
    """Return the post to its author with a comment, which is required.

    Asking again is harmless. Raises Refused without a comment, NotAllowed, OwnWork and Conflict.
    """
    words = comment.strip()
    if not words:
        raise Refused("Say what has to change", "comment")
    post, version = _locked(version_id)
    require(by, Permission.APPROVE_POST, on=version, to="decide about this post")
    refuse_own_work(by, post, version)
    if _has_decided(version, Decision.CHANGES_REQUESTED, by):
        return post
    refuse_unless_current(post, version, version.digest)
    _decide(post, version, Decision.CHANGES_REQUESTED, by, words)
    move_to(post, PostState.CHANGES_REQUESTED)
    post.changed_at = timezone.now()
    post.save()
    record(
        Event.POST_CHANGES_REQUESTED,
        by=by,
        on=post,
        after={"version": version.number, "digest": version.digest},
        reason=words,
    )
    return post


def approve_locked(post: Post, version: Version, *, by: User) -> None:
    """Approve the newest version of a locked post that awaits approval, all guards passed but
    the checks. Makes its deliveries. Raises ChecksFailed.
    """
    if stops := blocking_findings(composition_of(version)):
        raise ChecksFailed(stops)
    now = timezone.now()
    _decide(post, version, Decision.APPROVED, by)
    move_to(post, PostState.SCHEDULED if version.publish_at else PostState.APPROVED)
    post.changed_at = now
    post.due_at = version.publish_at or now
    post.save()
    deliveries = make_deliveries(version)
    after = {"version": version.number, "digest": version.digest}
    record(Event.POST_APPROVED, by=by, on=post, after=after)
    if version.publish_at:
        accounts = [str(delivery.account) for delivery in deliveries]
        due = {"due_at": in_words(version.publish_at), "accounts": accounts}
        record(Event.POST_SCHEDULED, by=by, on=post, after=due)


def refuse_unless_current(post: Post, version: Version, digest: str) -> None:
    """Raise Conflict unless `version` is the newest, undecided, and exactly what was seen."""
    if post.version_id != version.pk:
        raise Conflict(f"Changed on {in_words(post.changed_at)}. Review it again.")
    decided = version.approvals.select_related("decided_by").first()
    if decided:
        raise Conflict(
            f"{decided.decided_by.name} decided before you: {decided.get_decision_display()} "
            f"on {in_words(decided.decided_at)}."
        )
    if post.state != PostState.AWAITING_APPROVAL:
        raise Conflict(
            f"This post does not await approval any more: “{PostState(post.state).label}” since "
            f"{in_words(post.changed_at)}."
        )
    if not digest == version.digest == digest_of(version):
        raise Conflict("This is not what you were shown. Review it again.")


def _locked(version_id: int) -> tuple[Post, Version]:
    post_id = Version.objects.values_list("post_id", flat=True).get(pk=version_id)
    post = lock_post(post_id)
    if post.version is not None and post.version_id == version_id:
        return post, post.version
    return post, Version.objects.select_related("edited_by").get(pk=version_id)


def _has_decided(version: Version, decision: Decision, by: User) -> bool:
    return version.approvals.filter(decision=decision, decided_by=by).exists()


def _decide(
    post: Post, version: Version, decision: Decision, by: User, comment: str = ""
) -> Approval:
    return Approval.objects.create(
        version=version,
        decision=decision,
        digest=version.digest,
        author=post.author,
        editor=version.edited_by,
        decided_by=by,
        comment=comment,
    )
