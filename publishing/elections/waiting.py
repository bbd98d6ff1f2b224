"""What waits for the Monitoring Officer, and which periods everybody is told of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.access import holds
from accounts.models import User
from accounts.permissions import Permission
from publishing.elections.windows import windows_from
from publishing.models import ElectionPeriod, ElectionReview, Post, PostState, Stage
from publishing.routes import GOING_OUT, awaited_by_all

TOLD_AHEAD = timedelta(days=30)
MOST_LOOKED_AT = 300


def election_checks_for(user: User) -> list[Post]:
    """Posts that `user` may give the Monitoring Officer's check: not their own, nor decided by
    them; those due first at the front. A constant number of queries, among the first few hundred.
    """
    windows = windows_from(timezone.now()) if holds(user, Permission.GIVE_ELECTION_CHECK) else []
    if not windows:
        return []
    first, last = min(each.begins for each in windows), max(each.ends for each in windows)
    due = Q(publish_at__isnull=True) | Q(publish_at__gte=first, publish_at__lt=last)
    posts = (
        Post.objects.visible_to(user)
        .filter(due, state__in=[PostState.SECOND_CHECK, *GOING_OUT])
        .exclude(author=user)
        .exclude(version__edited_by=user)
        .exclude(version__approvals__decided_by=user)
        .select_related("version", "author")
        .order_by("due_at", "pk")[:MOST_LOOKED_AT]
    )
    looked_at = list(posts)
    awaited = awaited_by_all(looked_at)
    return [
        post
        for post in looked_at
        if post.pk in awaited and awaited[post.pk].stage is Stage.ELECTION_CHECK
    ]


def periods_to_tell() -> Sequence[ElectionPeriod]:
    """Those that run, or begin within a month; with their wards. Two queries."""
    today = timezone.localdate()
    return list(
        ElectionPeriod.objects.filter(
            cancelled_at__isnull=True, poll_on__gte=today, notice_on__lte=today + TOLD_AHEAD
        )
        .prefetch_related("wards")
        .order_by("poll_on", "pk")
    )


def reviews_to_do() -> QuerySet[ElectionReview]:
    """The posts that are listed and not looked at, in periods whose poll is to come."""
    return ElectionReview.objects.filter(
        outcome="", period__cancelled_at__isnull=True, period__poll_on__gte=timezone.localdate()
    )
