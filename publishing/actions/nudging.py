"""Posts that nobody decides about: reminders, escalation, and back to the author in the end.

Each once for a version and a stage, whatever restarts: the row of a nudge is unique, and its letter
is claimed before it is sent.
"""

from __future__ import annotations

from smtplib import SMTPException

import structlog
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.catalogue import Event
from audit.record import record
from publishing.actions.voiding import void_decision
from publishing.approvers import approvers_of
from publishing.letters import send_nudge
from publishing.locks import lock_post, move_to
from publishing.models import UNDECIDED, Absence, Nudge, NudgeKind, Post, PostState, Version
from publishing.routes import Needed, awaited, awaited_by_all
from publishing.routes.nudges import Hours, awaited_since, hours_of

log = structlog.get_logger(__name__)

AT_ONCE = 200
MOST_REMINDED = 10
_EVENTS = {
    NudgeKind.REMINDER: Event.POST_REMINDED,
    NudgeKind.ESCALATION: Event.POST_ESCALATED,
    NudgeKind.EXPIRY: Event.POST_SENT_BACK_UNDECIDED,
}


def nudge() -> None:
    """Do what is due about every post that waits, then send the letters that are not sent yet."""
    after = 0
    waiting = Post.objects.filter(state__in=UNDECIDED).select_related("version").order_by("pk")
    while posts := list(waiting.filter(pk__gt=after)[:AT_ONCE]):
        after = posts[-1].pk
        needed, hours = awaited_by_all(posts), hours_of(posts)
        for post in posts:
            if post.pk in needed and post.version:
                _nudge_one(post, post.version, needed[post.pk], hours[post.pk])
    send_waiting_letters()


def _nudge_one(post: Post, version: Version, needed: Needed, hours: Hours) -> None:
    due = hours.due(timezone.now() - awaited_since(version))
    done = set(version.nudges.filter(stage=needed.stage).values_list("kind", flat=True))
    for kind in due:
        if kind not in done:
            _do(post.pk, version.pk, needed, kind, hours)


@transaction.atomic
def _do(post_id: int, version_id: int, needed: Needed, kind: NudgeKind, hours: Hours) -> None:
    """Under the post's lock, where it still waits for that stage of that version."""
    post = lock_post(post_id)
    still = post.state in UNDECIDED and post.version_id == version_id and awaited(post)
    if not still or still.stage is not needed.stage or post.version is None:
        return
    made, is_new = Nudge.objects.get_or_create(version=post.version, stage=needed.stage, kind=kind)
    if not is_new:
        return
    people = _people(post, post.version, still, kind, hours)
    made.people.set(people)
    if kind is NudgeKind.EXPIRY:
        _send_back(post)
    names = ", ".join(person.name for person in people)
    said = {"people": names} if names else {}
    reason = _UNDECIDED if kind is NudgeKind.EXPIRY else ""
    record(_EVENTS[kind], by=None, on=post, after={"stage": needed.label, **said}, reason=reason)


_UNDECIDED = "Nobody decided about it in time."


def _send_back(post: Post) -> None:
    void_decision(post, by=None, reason=_UNDECIDED)
    move_to(post, PostState.DRAFT)
    post.changed_at = timezone.now()
    post.save()


def _people(
    post: Post, version: Version, needed: Needed, kind: NudgeKind, hours: Hours
) -> list[User]:
    if kind is NudgeKind.EXPIRY:
        return [post.author] if post.author.is_employed() else []
    if kind is NudgeKind.ESCALATION:
        told = hours.escalate_to
        return [told] if told and told.is_employed() else []
    could = list(approvers_of(version, needed)[: 2 * MOST_REMINDED])
    away = Absence.objects.on(timezone.localdate()).filter(person__in=could)
    absent = set(away.values_list("person_id", flat=True))
    there = [person for person in could if person.pk not in absent]
    return (there or could)[:MOST_REMINDED]


def send_waiting_letters() -> None:
    """Each letter once: what the mail server refused is tried again at the next call."""
    waiting = Nudge.objects.filter(mailed_at__isnull=True).order_by("pk")
    for pk in list(waiting.values_list("pk", flat=True)[:AT_ONCE]):
        _send_one(pk)


def _send_one(pk: int) -> None:
    if not Nudge.objects.filter(pk=pk, mailed_at__isnull=True).update(mailed_at=timezone.now()):
        return
    made = Nudge.objects.select_related("version__post").get(pk=pk)
    try:
        send_nudge(made, to=list(made.people.order_by("name")))
    except (SMTPException, OSError):
        log.warning("letter_not_sent", nudge=pk, exc_info=True)
        Nudge.objects.filter(pk=pk).update(mailed_at=None)
