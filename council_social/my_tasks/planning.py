"""What waits for somebody about content plans, and about posts that repeat."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from accounts.access import holds
from accounts.models import User
from accounts.permissions import Permission
from accounts.reach import accounts_within_reach
from council_social.my_tasks.task import Task
from publishing.models import Series, SeriesState
from publishing.planning.targets import short_next_week


def gaps_next_week(user: User) -> Iterator[Task]:
    """Accounts whose content plan asks for more than next week has."""
    if holds(user, Permission.PLAN_CONTENT):
        short = short_next_week(accounts_within_reach(user, Permission.PLAN_CONTENT), user)
        yield Task(
            "Accounts with gaps next week",
            "Fewer posts are planned than their content plan asks for",
            len(short),
            reverse("plan") + "?show=short",
        )


def repeating_posts(user: User) -> Iterator[Task]:
    """Those that are held, for who can help; and one's own whose newest post stayed a draft."""
    if not holds(user, Permission.WRITE_POST, Permission.PLAN_CONTENT):
        return
    planned = accounts_within_reach(user, Permission.PLAN_CONTENT).order_by().values("pk")
    there = Series.accounts.through.objects.filter(socialaccount__in=planned)
    mine = Q(author=user) | Q(pk__in=there.order_by().values("series"))
    yield Task(
        "Repeating posts that are held",
        "No posts are made of them until somebody looks",
        Series.objects.filter(mine, state=SeriesState.HELD),
        reverse("all_series"),
        urgent=True,
    )
    yield Task(
        "Repeating posts whose newest is still a draft",
        "A check asks something: answer it, and send the draft for approval",
        Series.objects.filter(author=user, state=SeriesState.ACTIVE).exclude(trouble=""),
        reverse("all_series"),
    )
