"""What waits for somebody about content plans."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from accounts.access import holds
from accounts.models import User
from accounts.permissions import Permission
from accounts.reach import accounts_within_reach
from council_social.my_tasks.task import Task
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
