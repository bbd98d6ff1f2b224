"""What is asked of calendar feeds and content plans."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from publishing.actions.feeds import make_feed
from publishing.models import CalendarFeed
from tests.gates.small_council import Council

Body = dict[str, Any]


def _feed(council: Council) -> tuple[CalendarFeed, str]:
    """The author's, made for this one request."""
    return make_feed(by=council.people["author"], name="Outlook", key=uuid.uuid4())


PLACES: dict[str, Callable[[Council, str], list[Any]]] = {
    "calendar_feed": lambda council, about: [_feed(council)[1]],
    "calendar_feed_revoke": lambda council, about: [_feed(council)[0].pk],
    "account_plan": lambda council, about: [council.account.pk],
}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "calendar_feeds": lambda council, about: {"name": "Outlook", "key": str(uuid.uuid4())},
    "account_plan": lambda council, about: {"posts_a_week": 3, "themes": "Events"},
}
