"""After a stop: new times for what it held, spread over some hours so that nothing bursts out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.access import demand, may
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from publishing.actions.moving import move, move_and_approve
from publishing.delivery.held_by_stop import held_by
from publishing.errors import Conflict, PublishingError, Refused
from publishing.models import DeliveryState, Post, PostState, Stop, Version
from publishing.models.posts import PostQuerySet
from publishing.rights import is_own_work

MOST_HOURS = 72
AT_ONCE = 100
"""As many posts get a new time in one go; the rest with the next."""
SOONEST = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of one post: its new time, or why it has none."""

    post: Post
    at: datetime | None
    is_approved: bool = False
    problem: str = ""


def posts_to_move(stop: Stop, user: User) -> PostQuerySet:
    """What missed its slot because of the stop and has no new time yet, as `user` may see it."""
    missed = held_by(stop).filter(state=DeliveryState.MISSED)
    posts = Post.objects.visible_to(user).filter(
        state=PostState.MISSED_SLOT, pk__in=missed.order_by().values("post")
    )
    return posts.select_related("version", "author").order_by("due_at", "pk")


def spread_held(*, stop_id: int, hours: int, by: User) -> list[Moved]:
    """Give each post a new time, evenly over so many hours from now, in the order it had.

    Each in a transaction of its own: approved at once where `by` may approve it and neither wrote
    nor edited it, else it awaits its approval at the new time. What cannot be moved is said, and
    the others are moved all the same. Raises NotAllowed, Refused and Conflict (still in force).
    """
    demand(by, Permission.STOP_DELIVERY)
    if not 1 <= hours <= MOST_HOURS:
        raise Refused(f"Enter a number of hours from 1 to {MOST_HOURS}", field="hours")
    stop = Stop.objects.get(pk=stop_id)
    if stop.is_in_force:
        raise Conflict("This stop is in force. Release it first.")
    posts = list(posts_to_move(stop, by)[:AT_ONCE])
    times = spread_times(len(posts), hours, timezone.now())
    moved = [_move(post, at, by) for post, at in zip(posts, times, strict=True)]
    if moved:
        _record(stop, moved, hours, by)
    return moved


def spread_times(number: int, hours: int, now: datetime) -> list[datetime]:
    """So many different minutes, the first soon, all within the hours where these have as many."""
    first = (now + SOONEST).replace(second=0, microsecond=0) + MINUTE
    if number < 2:
        return [first] * number
    minutes = max(hours * 60 - 6, number - 1)
    return [first + MINUTE * (place * minutes // (number - 1)) for place in range(number)]


def _move(post: Post, at: datetime, by: User) -> Moved:
    version = post.version
    try:
        if version is None:
            raise Conflict("This post is a draft.")
        if _may_approve(by, post, version):
            move_and_approve(version_id=version.pk, digest=version.digest, at=at, by=by)
            return Moved(post, at, is_approved=True)
        move(version_id=version.pk, at=at, by=by)
    except PublishingError as refusal:
        return Moved(post, None, problem=refusal.message)
    return Moved(post, at)


def _may_approve(by: User, post: Post, version: Version) -> bool:
    return not is_own_work(by, post, version) and may(by, Permission.APPROVE_POST, on=version)


@transaction.atomic
def _record(stop: Stop, moved: Sequence[Moved], hours: int, by: User) -> None:
    after = {
        "hours": hours,
        "count": sum(each.at is not None for each in moved),
        "approved": sum(each.is_approved for each in moved),
        "not_moved": [str(each.post) for each in moved if each.at is None],
    }
    record(Event.STOP_HELD_SPREAD, by=by, on=stop, after=after)
