"""What the outcome of its deliveries makes of a post."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from audit.catalogue import Event
from audit.record import record
from publishing.locks import move_to
from publishing.models import (
    OPEN_DELIVERY_STATES,
    POST_TRANSITIONS,
    DeliveryState,
    Post,
    PostState,
)

_EVENTS = {
    PostState.PUBLISHED: Event.POST_PUBLISHED,
    PostState.PART_PUBLISHED: Event.POST_PART_PUBLISHED,
    PostState.FAILED: Event.POST_FAILED,
    PostState.MISSED_SLOT: Event.POST_MISSED_SLOT,
}


def post_state_after(post: Post) -> None:
    """Move a locked post on, once nothing of its newest version is on its way any more.

    Inside the transaction that changed a delivery. Posts that a person has taken back, or is
    changing, stay as they are.
    """
    event = move_on(post)
    if event is not None:
        record_moved(post, event)


def move_on(post: Post) -> Event | None:
    """`post_state_after` without its audit entry: the event that is to be recorded, if any."""
    if post.state not in (PostState.APPROVED, PostState.SCHEDULED, PostState.PART_PUBLISHED):
        return None
    states = set(post.deliveries.filter(version=post.version_id).values_list("state", flat=True))
    to = _state_for({DeliveryState(state) for state in states})
    if to is None or to not in POST_TRANSITIONS[PostState(post.state)]:
        return None
    move_to(post, to)
    post.changed_at = timezone.now()
    Post.objects.filter(pk=post.pk).update(state=to, changed_at=post.changed_at)
    return _EVENTS[to]


def record_moved(post: Post, event: Event) -> None:
    record(event, by=None, on=post, after={"due_at": post.publish_at})


def _state_for(states: Collection[DeliveryState]) -> PostState | None:
    """None while something is on its way, or where a person has cancelled everything."""
    over = set(states) - {DeliveryState.CANCELLED}
    if not over or any(state in OPEN_DELIVERY_STATES for state in over):
        return None
    if over == {DeliveryState.PUBLISHED}:
        return PostState.PART_PUBLISHED if len(set(states)) > 1 else PostState.PUBLISHED
    if DeliveryState.PUBLISHED in over:
        return PostState.PART_PUBLISHED
    return PostState.MISSED_SLOT if over == {DeliveryState.MISSED} else PostState.FAILED
