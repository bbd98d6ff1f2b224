"""Conversations about conduct that somebody said they would come back to."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from accounts.access import holds
from accounts.models import User
from accounts.permissions import Permission
from council_social.my_tasks.task import Task
from training.conversations import to_follow_up


def follow_ups(user: User) -> Iterator[Task]:
    if holds(user, Permission.RECORD_CONVERSATION):
        yield Task(
            "Conversations to follow up",
            "The day that was set has come",
            to_follow_up(user),
            reverse("my_conversations"),
        )
