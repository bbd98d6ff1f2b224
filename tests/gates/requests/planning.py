"""What is asked of calendar feeds and content plans."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from publishing.actions.feeds import make_feed
from publishing.models import CalendarFeed, ElectionPeriod, Nation, PollKind
from tests.gates.small_council import Council

Body = dict[str, Any]


def _feed(council: Council) -> tuple[CalendarFeed, str]:
    """The author's, made for this one request."""
    return make_feed(by=council.people["author"], name="Outlook", key=uuid.uuid4())


def _election(council: Council, about: str) -> list[Any]:
    period = ElectionPeriod.objects.create(
        name="Borough election",
        nation=Nation.ENGLAND,
        kind=PollKind.LOCAL,
        suggested_notice_on=date(2027, 3, 25),
        notice_on=date(2027, 3, 25),
        poll_on=date(2027, 5, 6),
        created_by=council.people["digital"],
    )
    return [period.pk]


PLACES: dict[str, Callable[[Council, str], list[Any]]] = {
    "calendar_feed": lambda council, about: [_feed(council)[1]],
    "calendar_feed_revoke": lambda council, about: [_feed(council)[0].pk],
    "account_plan": lambda council, about: [council.account.pk],
    "election_guide": _election,
}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "calendar_feeds": lambda council, about: {"name": "Outlook", "key": str(uuid.uuid4())},
    "account_plan": lambda council, about: {"posts_a_week": 3, "themes": "Events"},
}
