"""What somebody has to learn or accept."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from accounts.models import User
from council_social.my_tasks.task import Task
from training.due import learning_due


def learning(user: User) -> Iterator[Task]:
    yield Task(
        "Training and policies due",
        "Posting needs both in date",
        len(learning_due(user)),
        reverse("training"),
    )
