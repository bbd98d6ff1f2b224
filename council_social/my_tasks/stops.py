"""What waits for somebody about stops of delivery."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.access import may
from accounts.models import User
from accounts.permissions import Permission
from council_social.my_tasks.task import First, Task
from publishing.models import Stop


def to_release(user: User) -> Iterator[Task]:
    """Stops of which somebody else asked that they end: the second of the two is missing."""
    if may(user, Permission.STOP_DELIVERY):
        asked = Stop.objects.in_force().filter(release_asked_by__isnull=False)
        waiting = asked.exclude(release_asked_by=user)
        yield Task(
            "Stops to release",
            "Somebody asks for delivery to go on: agree, or say why not",
            waiting.order_by("release_asked_at", "pk"),
            First("stop_page"),
            urgent=True,
        )
