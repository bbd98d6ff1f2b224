"""Which accounts got nothing of a post that is partly out, and will not get anything of it."""

from __future__ import annotations

from publishing.models import Delivery, DeliveryState, Post, PostState

GOT_NOTHING = (DeliveryState.MISSED, DeliveryState.REJECTED, DeliveryState.CANCELLED)


def left_out(post: Post) -> list[Delivery]:
    """The deliveries of its newest version that came to nothing, each with its account.

    A post of which something is live cannot be moved to a new time: it would go out twice. A copy
    for these accounts can be.
    """
    if post.state != PostState.PART_PUBLISHED:
        return []
    nothing = post.deliveries.filter(version=post.version_id, state__in=GOT_NOTHING)
    return list(nothing.select_related("account").order_by("account__name", "pk"))
