"""Locks on posts. Everybody takes them in one order: post, its deliveries, the audit chain.

Whoever starts from a delivery locks its post first: `publishing.delivery.locking.lock_delivery`.
"""

from __future__ import annotations

from publishing.models import Delivery, Post, PostState
from publishing.models.posts import POST_TRANSITIONS


class ImpossibleTransition(RuntimeError):
    """An action's guard let something through that the table of transitions does not know."""


def lock_post(pk: int) -> Post:
    """The post, locked until the transaction ends, and as it is now. Raises Post.DoesNotExist."""
    Post.objects.select_for_update(of=("self",), no_key=True).values_list("pk").get(pk=pk)
    # Read only now: what is joined to a row that was waited for would be as old as the wait.
    return Post.objects.select_related("author", "version__edited_by", "draft__saved_by").get(pk=pk)


def lock_deliveries(post: Post) -> list[Delivery]:
    """All deliveries of a locked post, locked in the order of their ids."""
    locked = post.deliveries.select_for_update(of=("self",), no_key=True)
    return list(locked.select_related("account", "version").order_by("pk"))


def move_to(post: Post, state: PostState) -> None:
    """Set the state of a locked post in memory, if the table of transitions has it."""
    if state not in POST_TRANSITIONS[PostState(post.state)]:
        raise ImpossibleTransition(f"{post.state} → {state}")
    post.state = state
