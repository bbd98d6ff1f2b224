"""Clashes: other posts that go out on the same accounts at about the same time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from accounts.models import User
from publishing.models import UNDECIDED, Post, PostState
from publishing.models.posts import PostQuerySet

CLOSE = timedelta(minutes=30)
MOST = 5


def clashes_with(post: Post, reader: User) -> PostQuerySet:
    """Posts that `reader` may see, within half an hour of `post` on one of its accounts."""
    if post.publish_at is None:
        return Post.objects.none()
    accounts = [account.pk for account in post.governed_accounts()]
    return _near(Post.objects.visible_to(reader), post.publish_at, accounts, post.pk)


def near(at: datetime, accounts: Iterable[int], *, but: int | None) -> PostQuerySet:
    """Posts that go out within half an hour of `at` on one of these accounts, `but` that one."""
    return _near(Post.objects.all(), at, list(accounts), but)


def _near(posts: PostQuerySet, at: datetime, accounts: list[int], but: int | None) -> PostQuerySet:
    coming = (*UNDECIDED, PostState.SCHEDULED)
    close = posts.filter(state__in=coming, due_at__range=(at - CLOSE, at + CLOSE))
    others = close if but is None else close.exclude(pk=but)
    return others.on_accounts(accounts).order_by("due_at")[:MOST]
