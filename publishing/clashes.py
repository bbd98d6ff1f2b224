"""Clashes: other posts that go out on the same accounts at about the same time."""

from __future__ import annotations

from datetime import timedelta

from accounts.models import User
from publishing.models import UNDECIDED, Post, PostState
from publishing.models.posts import PostQuerySet

CLOSE = timedelta(minutes=30)
MOST = 5


def clashes_with(post: Post, reader: User) -> PostQuerySet:
    """Posts that `reader` may see, within half an hour of `post` on one of its accounts."""
    if post.publish_at is None:
        return Post.objects.none()
    coming = (*UNDECIDED, PostState.SCHEDULED)
    around = (post.publish_at - CLOSE, post.publish_at + CLOSE)
    near = Post.objects.visible_to(reader).filter(state__in=coming, due_at__range=around)
    accounts = [account.pk for account in post.governed_accounts()]
    return near.on_accounts(accounts).exclude(pk=post.pk).order_by("due_at")[:MOST]
