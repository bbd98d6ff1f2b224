"""What the outcome of its deliveries makes of a post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.utils import timezone

from audit.catalogue import Event
from audit.record import Happened, happened, record_all
from publishing.locks import move_to
from publishing.models import (
    OPEN_DELIVERY_STATES,
    POST_TRANSITIONS,
    Delivery,
    DeliveryState,
    Post,
    PostState,
)

ON_ITS_WAY = frozenset({PostState.APPROVED, PostState.SCHEDULED, PostState.PART_PUBLISHED})
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
    event = move_on([post]).get(post.pk)
    if event is not None:
        record_all([what_moved(post, event)])


def move_on(posts: Collection[Post]) -> dict[int, Event]:
    """`post_state_after` for several posts, without the audit entries.

    The event that is to be recorded for each that was moved on, by the post's id. Two queries and
    one for each new state, however many posts.
    """
    states = _states_of_deliveries([post for post in posts if PostState(post.state) in ON_ITS_WAY])
    moved = defaultdict(list)
    for post in posts:
        to = _state_for(states[post.pk])
        if to is not None and to in POST_TRANSITIONS[PostState(post.state)]:
            move_to(post, to)
            post.changed_at = timezone.now()
            moved[to].append(post)
    for to, these in moved.items():
        keys = [post.pk for post in these]
        Post.objects.filter(pk__in=keys).update(state=to, changed_at=these[0].changed_at)
    return {post.pk: _EVENTS[to] for to, these in moved.items() for post in these}


def what_moved(post: Post, event: Event) -> Happened:
    """The entry about a post that was moved on."""
    return happened(event, by=None, on=post, after={"due_at": post.publish_at})


def _states_of_deliveries(posts: Collection[Post]) -> Mapping[int, set[DeliveryState]]:
    """Of the newest version of each post."""
    states: dict[int, set[DeliveryState]] = defaultdict(set)
    if posts:
        rows = Delivery.objects.filter(version__in=[post.version_id for post in posts])
        for post_id, state in rows.order_by().values_list("post_id", "state"):
            states[post_id].add(DeliveryState(state))
    return states


def _state_for(states: Collection[DeliveryState]) -> PostState | None:
    """None while something is on its way, or where a person has cancelled everything."""
    over = set(states) - {DeliveryState.CANCELLED}
    if not over or any(state in OPEN_DELIVERY_STATES for state in over):
        return None
    if over == {DeliveryState.PUBLISHED}:
        return PostState.PART_PUBLISHED if len(set(states)) > 1 else PostState.PUBLISHED
    if over & {DeliveryState.PUBLISHED, DeliveryState.TAKEN_DOWN}:
        return PostState.PART_PUBLISHED
    return PostState.MISSED_SLOT if over == {DeliveryState.MISSED} else PostState.FAILED
