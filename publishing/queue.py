"""The queue: which posts wait for whose decision."""

from __future__ import annotations

from accounts.access import holds
from accounts.models import User
from accounts.permissions import Permission
from accounts.reach import holds_everywhere, ids_within_reach
from publishing.models import Post, PostState
from publishing.models.posts import PostQuerySet

MOST_COUNTED = 100
"""A count beside a link says "99+" from here."""
MOST_LOOKED_AT = 1000


def waiting_for(user: User, among: PostQuerySet | None = None) -> PostQuerySet:
    """Posts that `user` may decide about by their roles: not their own, nor last edited by them."""
    posts = Post.objects.all() if among is None else among
    if not holds(user, Permission.APPROVE_POST):
        return Post.objects.none()
    waiting = posts.filter(state=PostState.AWAITING_APPROVAL).exclude(author=user)
    waiting = waiting.exclude(version__edited_by=user)
    if holds_everywhere(user, Permission.APPROVE_POST):
        return waiting
    return waiting.only_on_accounts(ids_within_reach(user, Permission.APPROVE_POST))


def count_waiting_for(user: User) -> int:
    """How many wait for `user`, up to a hundred.

    For whoever may approve on some accounts only, among the first thousand that await approval.
    """
    if not holds(user, Permission.APPROVE_POST):
        return 0
    waiting = waiting_for(user)
    if not holds_everywhere(user, Permission.APPROVE_POST):
        awaiting = Post.objects.filter(state=PostState.AWAITING_APPROVAL).order_by("due_at", "id")
        waiting = waiting.filter(pk__in=awaiting.values("pk")[:MOST_LOOKED_AT])
    return waiting[:MOST_COUNTED].count()


def next_for(user: User, *, after: Post | None = None) -> Post | None:
    """The next post to decide about, in the order of the queue; after the last comes the first."""
    queue = waiting_for(user).order_by("due_at", "id")
    if after is not None:
        queue = queue.exclude(pk=after.pk)
        later = queue.filter(due_at__gte=after.due_at).first()
        if later:
            return later
    return queue.first()
