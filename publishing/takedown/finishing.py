"""The end of a takedown: nothing of the post is live any more, and nothing can become so."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from audit.catalogue import Event
from audit.record import record
from publishing.locks import lock_post, move_to
from publishing.models import (
    OPEN_DELIVERY_STATES,
    POST_TRANSITIONS,
    Delivery,
    DeliveryState,
    Post,
    PostState,
    Removal,
    RemovalState,
    Takedown,
)
from publishing.outcomes import post_state_after

OVER = (RemovalState.REMOVED, RemovalState.REMOVED_BY_HAND)
STILL = (*OPEN_DELIVERY_STATES, DeliveryState.PUBLISHED)


def finish(post: Post, now: datetime) -> None:
    """End the locked post's open takedown, if everything that was live is removed."""
    takedown = Takedown.objects.filter(post=post, finished_at=None).first()
    if takedown is None or _is_going_on(takedown):
        return
    takedown.finished_at = now
    takedown.save(update_fields=["finished_at"])
    post_state_after(post)
    if takedown.removals.exists() and PostState.TAKEN_DOWN in _next(post):
        move_to(post, PostState.TAKEN_DOWN)
        post.changed_at = now
        post.save(update_fields=["state", "changed_at"])
        record(Event.POST_TAKEN_DOWN, by=None, on=post, reason=takedown.reason)


def to_look_at() -> list[Takedown]:
    """Open takedowns where something went live since, or where nothing is left to do."""
    late = Delivery.objects.filter(
        post=OuterRef("post"), state=DeliveryState.PUBLISHED, removal__isnull=True
    )
    undone = Removal.objects.filter(takedown=OuterRef("pk")).exclude(state__in=OVER)
    open_ones = Takedown.objects.filter(finished_at=None).select_related("post", "asked_by")
    found = open_ones.filter(Q(Exists(late)) | ~Q(Exists(undone))).order_by("pk")
    return list(found[: settings.SWEEP_AT_MOST])


def finish_what_is_over(takedown: Takedown) -> None:
    with transaction.atomic():
        finish(lock_post(takedown.post_id), timezone.now())


def _is_going_on(takedown: Takedown) -> bool:
    return (
        takedown.removals.exclude(state__in=OVER).exists()
        or takedown.post.deliveries.filter(state__in=STILL).exists()
    )


def _next(post: Post) -> frozenset[PostState]:
    return POST_TRANSITIONS[PostState(post.state)]
