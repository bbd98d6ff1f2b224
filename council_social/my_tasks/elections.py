"""What waits for somebody because of an election."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from accounts.access import holds
from accounts.models import User
from accounts.permissions import Permission
from council_social.my_tasks.task import Task
from publishing.elections.waiting import election_checks_for, reviews_to_do


def to_check(user: User) -> Iterator[Task]:
    if waiting := election_checks_for(user):
        yield Task(
            "Posts for the Monitoring Officer’s check",
            "They name somebody, or touch a topic, in an election period",
            len(waiting),
            reverse("post", args=[waiting[0].pk]),
            urgent=True,
        )


def to_review(user: User) -> Iterator[Task]:
    if holds(user, Permission.RUN_ELECTIONS):
        yield Task(
            "Posts to review before an election",
            "They go out in an election period: say whether they stay",
            reviews_to_do(),
            reverse("elections"),
        )
