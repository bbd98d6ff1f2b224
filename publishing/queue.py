"""The queue: which posts wait for whose decision."""

from __future__ import annotations

from accounts.access import permissions_held
from accounts.models import User
from accounts.permissions import Permission
from accounts.reach import holds_everywhere, ids_within_reach
from publishing.models import Post, PostState
from publishing.models.posts import PostQuerySet

MOST_COUNTED = 1000


def waiting_for(user: User) -> PostQuerySet:
    """Posts that `user` may decide about by their roles: not their own, nor last edited by them."""
    if Permission.APPROVE_POST not in permissions_held(user):
        return Post.objects.none()
    waiting = Post.objects.filter(state=PostState.AWAITING_APPROVAL).exclude(author=user)
    waiting = waiting.exclude(version__edited_by=user)
    if holds_everywhere(user, Permission.APPROVE_POST):
        return waiting
    return waiting.only_on_accounts(ids_within_reach(user, Permission.APPROVE_POST))


def count_waiting_for(user: User) -> int:
    """How many wait for `user`, looking at no more than the first thousand that await approval."""
    awaiting = Post.objects.filter(state=PostState.AWAITING_APPROVAL).order_by("due_at", "id")
    return waiting_for(user).filter(pk__in=awaiting.values("pk")[:MOST_COUNTED]).count()


def next_for(user: User, *, after: Post | None = None) -> Post | None:
    """The next post to decide about, in the order of the queue; after the last comes the first."""
    queue = waiting_for(user).order_by("due_at", "id")
    if after is not None:
        queue = queue.exclude(pk=after.pk)
        later = queue.filter(due_at__gte=after.due_at).first()
        if later:
            return later
    return queue.first()
