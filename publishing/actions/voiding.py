"""Ending an approval because what was approved is to change: its deliveries are cancelled."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from audit.catalogue import Event
from audit.record import record
from publishing.delivery.moves import move
from publishing.errors import AlreadyOut
from publishing.locks import lock_deliveries
from publishing.models import Decision, Delivery, DeliveryState, Post

CANCELLABLE = frozenset({DeliveryState.WAITING, DeliveryState.HELD})
ON_ITS_WAY = frozenset({DeliveryState.SENDING, DeliveryState.UNKNOWN, DeliveryState.PUBLISHED})
"""A platform has it, or may have it."""


def void_decision(post: Post, *, by: User | None, reason: str) -> None:
    """Cancel what the locked post still has to send; the approval of its version is void.

    Raises AlreadyOut if anything of it is being sent, may have been sent or is published: then
    nothing is cancelled.
    """
    deliveries = lock_deliveries(post)
    out = [delivery for delivery in deliveries if delivery.state in ON_ITS_WAY]
    if out:
        names = ", ".join(str(delivery.account) for delivery in out)
        raise AlreadyOut(
            f"It is too late to change this post: {names} has it, or may have it. "
            "Nothing was changed."
        )
    cancelled = [delivery for delivery in deliveries if delivery.state in CANCELLABLE]
    now = timezone.now()
    for delivery in cancelled:
        move(delivery, DeliveryState.CANCELLED, now, reason=reason)
    _record(post, cancelled, by, reason)


def _record(post: Post, cancelled: list[Delivery], by: User | None, reason: str) -> None:
    for delivery in cancelled:
        record(Event.DELIVERY_CANCELLED, by=by, on=delivery, reason=reason)
    version = post.version
    if version and version.approvals.filter(decision=Decision.APPROVED).exists():
        record(
            Event.POST_APPROVAL_VOIDED,
            by=by,
            on=post,
            before={"version": version.number, "digest": version.digest},
            after={"cancelled": [str(delivery.account) for delivery in cancelled]},
            reason=reason,
        )
