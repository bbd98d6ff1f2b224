"""Sending a post for approval, taking it back to change it, and withdrawing it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from pages.local_time import in_words
from publishing.actions.drafting import EDITABLE
from publishing.actions.library.captions import remember_captions
from publishing.actions.library.describing import remember_alt_texts
from publishing.actions.voiding import void_decision
from publishing.checks.answered import (
    answers_for_the_record,
    freeze_findings,
    refuse_stopped,
    refuse_unanswered,
    with_answers,
)
from publishing.checks.registry import findings
from publishing.composition import compose
from publishing.drafts import Content
from publishing.errors import Conflict, NotAllowed, StaleDraft
from publishing.locks import lock_post, move_to
from publishing.models import POST_TRANSITIONS, Post, PostState, Version
from publishing.rights import explain_editing, may_take_away, refuse_unless, require
from publishing.versions import AS_SOON_AS_APPROVED, make_version


@transaction.atomic
def submit(
    *, post_id: int, revision: int, by: User, answers: Mapping[str, str] | None = None
) -> Post:
    """Freeze the draft of that revision into a version and send it for approval.

    `answers` are the author's words to advisory findings, by the finding's key; with those given
    before, each needs one. Sending the same again is harmless. Raises StaleDraft if the draft is
    not the one that was checked, ChecksFailed, AnswersNeeded, Conflict and NotAllowed.
    """
    post = lock_post(post_id)
    refuse_unless(explain_editing(by, post), "send this post for approval")
    if post.draft.revision != revision:
        raise StaleDraft(
            f"{post.draft.saved_by.name} changed this draft on {in_words(post.draft.saved_at)}. "
            "Check it again before you send it.",
            post.draft,
        )
    if post.state == PostState.AWAITING_APPROVAL:
        return post
    if post.state not in EDITABLE:
        raise Conflict(
            f"This post is already “{PostState(post.state).label}” since "
            f"{in_words(post.changed_at)}."
        )
    version = freeze_version(post, by=by, answers=answers or {})
    _await_approval(post, version)
    remember_alt_texts(content=Content.from_json(post.draft.content), by=by)
    remember_captions(content=Content.from_json(post.draft.content), by=by)
    said = {"version": version.number, **_facts(version), **answers_for_the_record(version)}
    record(Event.POST_SUBMITTED, by=by, on=post, after=said)
    return post


def freeze_version(post: Post, *, by: User, answers: Mapping[str, str]) -> Version:
    """The draft of the locked post as a version, edited by whoever last changed the draft.

    Its advisory findings are kept with it, and what was answered to them. Raises NotAllowed unless
    `by` may write for every account in it, ChecksFailed and AnswersNeeded.
    """
    composition = compose(Content.from_json(post.draft.content), post.pk)
    if composition.parts:
        require(by, Permission.WRITE_POST, on=composition, to="write for all of these accounts")
    found = findings(composition)
    post.draft.answers = with_answers(found, post.draft.answers, answers)
    refuse_stopped(found)
    refuse_unanswered(found, post.draft.answers)
    post.draft.save(update_fields=["answers"])
    version = make_version(post, composition, edited_by=post.draft.saved_by)
    freeze_findings(version, found, post.draft.answers)
    record(
        Event.POST_VERSION_MADE,
        by=by,
        on=post,
        after={
            "version": version.number,
            "digest": version.digest,
            "accounts": [str(account) for account in composition.accounts],
        },
    )
    return version


@transaction.atomic
def take_back(*, post_id: int, by: User) -> Post:
    """Make the post a draft again so that it can be changed; what was approved is void.

    Its deliveries are cancelled. Raises AlreadyOut once a platform may have it, and NotAllowed.
    """
    post = lock_post(post_id)
    refuse_unless(explain_editing(by, post), "edit this post")
    if post.state in EDITABLE:
        return post
    before = post.state
    if PostState.DRAFT not in _next_states(post):
        raise Conflict(f"A post that is “{PostState(before).label}” cannot be changed any more.")
    void_decision(post, by=by, reason="The post was taken back to be changed.")
    move_to(post, PostState.DRAFT)
    post.changed_at = timezone.now()
    post.save()
    record(Event.POST_TAKEN_BACK, by=by, on=post, before={"state": before}, after=_state(post))
    return post


@transaction.atomic
def withdraw(*, post_id: int, by: User, reason: str = "") -> Post:
    """Keep the post from going out for good; its deliveries are cancelled.

    Withdrawing again is harmless. Raises AlreadyOut, Conflict and NotAllowed.
    """
    post = lock_post(post_id)
    if not may_take_away(by, post):
        raise NotAllowed("Only the author, or whoever may move its time, can withdraw a post.")
    if post.state == PostState.WITHDRAWN:
        return post
    if PostState.WITHDRAWN not in _next_states(post):
        raise Conflict(f"A post that is “{PostState(post.state).label}” cannot be withdrawn.")
    withdraw_locked(post, by=by, reason=reason, cancelled_because="The post was withdrawn.")
    return post


def withdraw_locked(post: Post, *, by: User, reason: str, cancelled_because: str) -> None:
    """Withdraw a locked post, all guards passed. Raises AlreadyOut.

    `cancelled_because` is what the trail of its deliveries and of its approval says.
    """
    before = post.state
    void_decision(post, by=by, reason=cancelled_because)
    move_to(post, PostState.WITHDRAWN)
    post.changed_at = timezone.now()
    post.save()
    record(
        Event.POST_WITHDRAWN,
        by=by,
        on=post,
        before={"state": before},
        after=_state(post),
        reason=reason,
    )


@transaction.atomic
def archive(*, post_id: int, by: User) -> Post:
    """Put a post that is over out of the way. Archiving again is harmless."""
    post = lock_post(post_id)
    if not may_take_away(by, post):
        raise NotAllowed("Only the author, or whoever may move its time, can archive a post.")
    if post.state == PostState.ARCHIVED:
        return post
    before = post.state
    if PostState.ARCHIVED not in _next_states(post):
        raise Conflict(f"A post that is “{PostState(before).label}” cannot be archived.")
    move_to(post, PostState.ARCHIVED)
    post.changed_at = timezone.now()
    post.save()
    record(Event.POST_ARCHIVED, by=by, on=post, before={"state": before}, after=_state(post))
    return post


def _await_approval(post: Post, version: Version) -> None:
    now = timezone.now()
    move_to(post, PostState.AWAITING_APPROVAL)
    post.submitted_at = post.changed_at = now
    post.due_at = version.publish_at or now
    post.save()


def _facts(version: Version) -> dict[str, str]:
    when = version.publish_at
    return {"due_at": in_words(when) if when else AS_SOON_AS_APPROVED, "digest": version.digest}


def _next_states(post: Post) -> frozenset[PostState]:
    return POST_TRANSITIONS[PostState(post.state)]


def _state(post: Post) -> dict[str, str]:
    return {"state": str(post.state)}
