"""When whom to nudge: the hours of each post's route, and what was done so far, in words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.timesince import timesince

from accounts.models import User
from publishing.models import UNDECIDED, Nudge, NudgeKind, Post, PostState, Version
from publishing.routes.asked import asked_about
from publishing.routes.by_rules import fitting


@dataclass(slots=True)
class Hours:
    """After how many hours without a decision what happens; None: never."""

    remind: int | None = None
    escalate: int | None = None
    escalate_to: User | None = None
    expire: int | None = None

    def due(self, waited: timedelta) -> list[NudgeKind]:
        """What is due by now, in order. What is sent back is not asked about besides."""
        if _is_over(self.expire, waited):
            return [NudgeKind.EXPIRY]
        kinds = ((self.remind, NudgeKind.REMINDER), (self.escalate, NudgeKind.ESCALATION))
        return [kind for hours, kind in kinds if _is_over(hours, waited)]


def hours_of(posts: Collection[Post]) -> dict[int, Hours]:
    """By the post's id: what the first of its routes says that says anything; else the council's.

    A constant number of queries, and one for each person to whom is escalated.
    """
    versions = {post.version_id: post for post in posts if post.version}
    asked = asked_about([post.version for post in posts if post.version])
    found = {post.pk: Hours() for post in posts}
    for each, _, rule in fitting([each for several in asked.values() for each in several]):
        hours, route = found[each.post.pk], rule.route
        hours.remind = hours.remind or route.remind_after_h
        hours.expire = hours.expire or route.expire_after_h
        if hours.escalate is None and route.escalate_after_h is not None:
            hours.escalate, hours.escalate_to = route.escalate_after_h, route.escalate_to
    for post in versions.values():
        hours = found[post.pk]
        hours.remind = hours.remind or settings.APPROVAL_REMIND_H or None
        hours.expire = hours.expire or settings.APPROVAL_EXPIRE_H or None
    return found


def awaited_since(version: Version) -> datetime:
    """Since when its present stage is awaited: it was sent, or the stage before was given."""
    last = version.approvals.order_by("-decided_at").values_list("decided_at", flat=True).first()
    return max(version.created_at, last) if last else version.created_at


def nudges_of(version: Version) -> list[str]:
    """“Reminded 2 hours ago”: what was done about the version, the newest first."""
    nudges = version.nudges.order_by("-at").prefetch_related("people")
    return [
        f"{_DONE[NudgeKind(each.kind)]}{_to(each.kind, list(each.people.all()))} "
        f"{timesince(each.at, timezone.now(), depth=1)} ago"
        for each in nudges
    ]


class Nudged(NamedTuple):
    """What was done about a post that waits, such as “Escalated to Ana Lewis”, and when."""

    what: str
    at: datetime


def nudged(posts: Collection[Post]) -> dict[int, Nudged]:
    """The last that was done about each that waits, by its version.

    Two queries at most; none where no post waits.
    """
    versions = [post.version_id for post in posts if PostState(post.state) in UNDECIDED]
    if not versions:
        return {}
    nudges = Nudge.objects.filter(version__in=versions).order_by("at", "pk")
    return {
        each.version_id: Nudged(
            f"{_DONE[NudgeKind(each.kind)]}{_to(each.kind, list(each.people.all()))}", each.at
        )
        for each in nudges.prefetch_related("people")
    }


_DONE = {
    NudgeKind.REMINDER: "Reminded",
    NudgeKind.ESCALATION: "Escalated",
    NudgeKind.EXPIRY: "Sent back undecided",
}


def _to(kind: str, people: list[User]) -> str:
    names = ", ".join(person.name for person in people)
    return f" to {names}" if kind == NudgeKind.ESCALATION and names else ""


def _is_over(hours: int | None, waited: timedelta) -> bool:
    return hours is not None and waited >= timedelta(hours=hours)
