"""Publishing in an emergency, by one person's word; and its check by another afterwards."""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from accounts.access import explain
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from pages.local_time import in_words
from publishing.actions.drafting import start_post
from publishing.actions.scheduling import make_deliveries
from publishing.checks import pre_election
from publishing.checks.answered import LONGEST_ANSWER, freeze_findings
from publishing.checks.finding import Finding
from publishing.checks.overruling import parted
from publishing.composition import Composition, compose
from publishing.drafts import Content
from publishing.emergencies import right_to_check
from publishing.errors import ChecksFailed, Conflict, OwnWork, Refused
from publishing.locks import lock_post, move_to
from publishing.models import AfterCheck, Emergency, Post, PostState, Version
from publishing.rights import refuse_unless, require
from publishing.versions import make_version

LONGEST_REASON = 1000


@transaction.atomic
def publish_in_emergency(*, content: Content, key: uuid.UUID, reason: str, by: User) -> Post:
    """Publish `content` at once, without an approval; somebody else checks it afterwards.

    The version that leaves is bound to the digest by a row that says who let it go and why. With a
    `key` that was used before, the post that it let go. Raises NotAllowed, Refused without a reason
    or without anything to say, and ChecksFailed for what no reason overrules.
    """
    composition = compose(replace(content, media=()))
    refuse_unless(explain(by, Permission.PUBLISH_IN_EMERGENCY), "publish in an emergency")
    if composition.parts:
        require(by, Permission.PUBLISH_IN_EMERGENCY, on=composition, to="publish this at once")
    words = _reason(reason)
    post = lock_post(start_post(by=by, content=content, key=key).pk)
    if Emergency.objects.filter(version__post=post).exists():
        return post
    if post.state != PostState.DRAFT or post.version is not None:
        raise Conflict("This form was used before. Start the emergency post again.")
    if composition.publish_at is not None:
        raise Refused("An emergency post goes out at once: it has no day and no time.")
    stops, overruled = parted(composition)
    if stops:
        raise ChecksFailed(stops)
    version = _let_go(post, composition, words, by)
    freeze_findings(
        version, overruled, {finding.key: words[:LONGEST_ANSWER] for finding in overruled}
    )
    _record(post, version, overruled, words, by)
    return post


@transaction.atomic
def check_emergency(*, emergency_id: int, outcome: AfterCheck, comment: str, by: User) -> Emergency:
    """Say whether it was right to let it go. What has not left is not sent if it was not.

    The Monitoring Officer says it of what is about an election. Saying the same again is harmless.
    Raises NotAllowed, OwnWork for whoever let it go or wrote it,
    Refused where it was not in order and nobody says why, and Conflict where somebody else was
    quicker.
    """
    version_id = Emergency.objects.values_list("version_id", flat=True).get(pk=emergency_id)
    post = lock_post(Version.objects.values_list("post_id", flat=True).get(pk=version_id))
    emergency = Emergency.objects.select_related(
        "version__edited_by", "released_by", "checked_by"
    ).get(pk=emergency_id)
    right = right_to_check(emergency)
    require(by, right, on=emergency.version, to="check this after its emergency")
    refuse_own_emergency(by, post, emergency)
    words = comment.strip()
    if outcome == AfterCheck.NOT_IN_ORDER and not words:
        raise Refused("Say what was not in order", "comment")
    if emergency.checked_by is not None:
        if emergency.checked_by == by and emergency.outcome == outcome:
            return emergency
        raise Conflict(_was_checked(emergency, emergency.checked_by))
    emergency.checked_by, emergency.checked_at = by, timezone.now()
    emergency.outcome, emergency.comment = outcome, words
    emergency.save(update_fields=["checked_by", "checked_at", "outcome", "comment"])
    record(
        Event.EMERGENCY_CHECKED,
        by=by,
        on=post,
        after={"outcome": outcome.label.lower(), "digest": emergency.digest},
        reason=words,
    )
    return emergency


def refuse_own_emergency(by: User, post: Post, emergency: Emergency) -> None:
    """Nobody checks what they let go, wrote or edited themselves."""
    if by.pk in (emergency.released_by_id, emergency.version.edited_by_id, post.author_id):
        raise OwnWork("You published this in an emergency. Somebody else has to check it.")


def _reason(reason: str) -> str:
    words = reason.strip()
    if not words:
        raise Refused("Say why this cannot wait for an approval", "reason")
    if len(words) > LONGEST_REASON:
        raise Refused(f"Give the reason in at most {LONGEST_REASON:,} characters", "reason")
    return words


def _let_go(post: Post, composition: Composition, reason: str, by: User) -> Version:
    version = make_version(post, composition, edited_by=by)
    now = timezone.now()
    Emergency.objects.create(
        version=version,
        digest=version.digest,
        reason=reason,
        released_by=by,
        released_at=now,
        is_about_election=any(pre_election.check_pre_election(composition, now)),
    )
    move_to(post, PostState.APPROVED)
    post.submitted_at = post.changed_at = post.due_at = now
    post.save()
    make_deliveries(version)
    return version


def _record(post: Post, version: Version, overruled: list[Finding], reason: str, by: User) -> None:
    accounts = [str(account) for account in version.governed_accounts()]
    said = {"version": version.number, "digest": version.digest, "accounts": accounts}
    record(Event.POST_VERSION_MADE, by=by, on=post, after=said)
    if overruled:
        said["overruled"] = [finding.message for finding in overruled]
    record(Event.POST_PUBLISHED_IN_EMERGENCY, by=by, on=post, after=said, reason=reason)


def _was_checked(emergency: Emergency, checker: User) -> str:
    at = f" on {in_words(emergency.checked_at)}" if emergency.checked_at else ""
    outcome = AfterCheck(emergency.outcome).label
    return f"{checker.name} checked this before you{at}: “{outcome}”."
