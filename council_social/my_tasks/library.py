"""What waits for whoever keeps the media library."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from accounts.access import may
from accounts.models import User
from accounts.permissions import Permission
from council_social.my_tasks.task import Task
from publishing.library.uses import ending_soon, live_against_a_withdrawal


def consents(user: User) -> Iterator[Task]:
    if not may(user, Permission.KEEP_LIBRARY):
        return
    yield Task(
        "Live, though consent was withdrawn",
        "A post went out after somebody withdrew: take it down",
        live_against_a_withdrawal(),
        reverse("library"),
        urgent=True,
    )
    yield Task(
        "Consents that end soon",
        "Ask again, or plan when posts come down",
        ending_soon(),
        reverse("library") + "#ending",
    )
