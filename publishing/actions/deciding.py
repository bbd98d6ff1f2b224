"""Deciding about a version: approving it, or asking for changes."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.catalogue import Event
from audit.record import record
from pages.local_time import in_words
from publishing.actions.scheduling import make_deliveries, miss_slot
from publishing.checks.answered import answers_for_the_record
from publishing.checks.registry import blocking_findings
from publishing.composition import composition_of
from publishing.digest import digest_of
from publishing.errors import ChecksFailed, Conflict, Refused
from publishing.locks import lock_post, move_to
from publishing.models import (
    UNDECIDED,
    Approval,
    Decision,
    Delivery,
    Post,
    PostState,
    Stage,
    Version,
)
from publishing.rights import refuse_own_work, refuse_second_decision, refuse_unless
from publishing.routes import (
    GOING_OUT,
    IN_WORDS,
    missing,
    needed_at,
    needed_for,
    stage_awaited,
)
from publishing.routes.deciders import explain_deciding


@transaction.atomic
def approve(*, version_id: int, digest: str, by: User, stage: Stage = Stage.APPROVAL) -> Post:
    """Approve the version that `by` saw, whose digest and stage the page held.

    The post comes back approved (going out now), scheduled, or waiting for its next stage; or as
    a missed slot, not approved, where its time has passed: it then needs a new one. A post whose
    route was raised after its approval stays where it is and has the stage from now on.
    Approving again is harmless. Raises NotAllowed, OwnWork, ChecksFailed, and Conflict where the
    post is not, or no longer, what was seen, or somebody else decided first.
    """
    post, version = _locked(version_id)
    refuse_unless_decider(by, version, stage, to="approve this post")
    refuse_own_work(by, post, version)
    if _has_decided(version, Decision.APPROVED, by, stage):
        return post
    refuse_unless_current(post, version, digest, stage)
    refuse_second_decision(by, version)
    now = timezone.now()
    if post.state in UNDECIDED and version.publish_at and version.publish_at <= now:
        miss_slot(post, by=by)
        return post
    approve_locked(post, version, by=by, stage=stage)
    return post


@transaction.atomic
def ask_for_changes(*, version_id: int, comment: str, by: User) -> Post:
    """Return the post to its author with a comment, which is required; at any stage.

    Asking again is harmless. Raises Refused without a comment, NotAllowed, OwnWork and Conflict.
    """
    words = comment.strip()
    if not words:
        raise Refused("Say what has to change", "comment")
    post, version = _locked(version_id)
    awaits = post.state == PostState.SECOND_CHECK and post.version_id == version.pk
    stage = (stage_awaited(post) if awaits else None) or Stage.APPROVAL
    refuse_unless_decider(by, version, stage, to="decide about this post")
    refuse_own_work(by, post, version)
    if _has_decided(version, Decision.CHANGES_REQUESTED, by, stage):
        return post
    refuse_unless_current(post, version, version.digest, stage)
    refuse_second_decision(by, version)
    _decide(post, version, Decision.CHANGES_REQUESTED, by, stage, words)
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


def approve_locked(
    post: Post, version: Version, *, by: User, stage: Stage = Stage.APPROVAL
) -> None:
    """Approve the newest version of a locked post that awaits this, all guards passed but the
    checks. After the last stage of its route it is on its way. Raises ChecksFailed.
    """
    # What is on its way has passed them, and its time may have come while it was held.
    is_going = post.state in GOING_OUT
    if not is_going and (stops := blocking_findings(composition_of(version))):
        raise ChecksFailed(stops)
    _decide(post, version, Decision.APPROVED, by, stage)
    said = {
        "version": version.number,
        "digest": version.digest,
        **answers_for_the_record(version),
    }
    following = None if is_going else missing(needed_for(version), _given(version))
    if following:
        if post.state != PostState.SECOND_CHECK:
            _put(post, version, PostState.SECOND_CHECK)
        record(_APPROVED[stage], by=by, on=post, after={**said, "next": following.in_words})
        return
    deliveries = _let_go(post, version)
    record(_APPROVED[stage], by=by, on=post, after=said)
    if deliveries and version.publish_at:
        accounts = [str(delivery.account) for delivery in deliveries]
        due = {"due_at": in_words(version.publish_at), "accounts": accounts}
        record(Event.POST_SCHEDULED, by=by, on=post, after=due)


_APPROVED = {
    Stage.APPROVAL: Event.POST_APPROVED,
    Stage.SECOND_CHECK: Event.POST_SECOND_CHECKED,
    Stage.ELECTION_CHECK: Event.POST_ELECTION_CHECKED,
}


def _given(version: Version) -> set[str]:
    approved = version.approvals.filter(decision=Decision.APPROVED)
    return set(approved.values_list("stage", flat=True))


def _let_go(post: Post, version: Version) -> list[Delivery]:
    """The deliveries with which it is on its way; none where it is on its way already."""
    if post.state in GOING_OUT:
        return []
    _put(post, version, PostState.SCHEDULED if version.publish_at else PostState.APPROVED)
    return make_deliveries(version)


def _put(post: Post, version: Version, state: PostState) -> None:
    now = timezone.now()
    move_to(post, state)
    post.changed_at = now
    post.due_at = version.publish_at or now
    post.save()


def refuse_unless_current(post: Post, version: Version, digest: str, stage: Stage) -> None:
    """Raise Conflict unless `version` is the newest, undecided at this stage, and what was seen."""
    if post.version_id != version.pk:
        raise Conflict(f"Changed on {in_words(post.changed_at)}. Review it again.")
    decided = version.approvals.filter(stage=stage).select_related("decided_by").first()
    if decided:
        raise Conflict(
            f"{decided.decided_by.name} decided before you: {decided.get_decision_display()} "
            f"on {in_words(decided.decided_at)}."
        )
    if stage_awaited(post) != stage:
        raise Conflict(
            f"This post does not await {IN_WORDS[stage]} any more: "
            f"“{PostState(post.state).label}” since {in_words(post.changed_at)}."
        )
    if not digest == version.digest == digest_of(version):
        raise Conflict("This is not what you were shown. Review it again.")


def refuse_unless_decider(by: User, version: Version, stage: Stage, *, to: str) -> None:
    """Raise NotAllowed unless `by` may give the version this stage of its route."""
    refuse_unless(explain_deciding(by, needed_at(version, stage), version), to)


def _locked(version_id: int) -> tuple[Post, Version]:
    post_id = Version.objects.values_list("post_id", flat=True).get(pk=version_id)
    post = lock_post(post_id)
    if post.version is not None and post.version_id == version_id:
        return post, post.version
    return post, Version.objects.select_related("edited_by").get(pk=version_id)


def _has_decided(version: Version, decision: Decision, by: User, stage: Stage) -> bool:
    return version.approvals.filter(decision=decision, decided_by=by, stage=stage).exists()


def _decide(
    post: Post, version: Version, decision: Decision, by: User, stage: Stage, comment: str = ""
) -> Approval:
    return Approval.objects.create(
        version=version,
        stage=stage,
        decision=decision,
        digest=version.digest,
        author=post.author,
        editor=version.edited_by,
        decided_by=by,
        comment=comment,
    )
