"""What keeps a post from an account: refused, held, missed or unknown, in words for its page."""

from __future__ import annotations

from collections.abc import Iterable

from publishing.models import Delivery, DeliveryState, Post

TOLD = (DeliveryState.HELD, DeliveryState.REJECTED, DeliveryState.MISSED, DeliveryState.UNKNOWN)


def in_the_way(post: Post, deliveries: Iterable[Delivery]) -> list[Delivery]:
    """Those of the newest version that have a reason to tell. No query."""
    return [
        delivery
        for delivery in deliveries
        if delivery.version_id == post.version_id and delivery.state in TOLD and delivery.reason
    ]
