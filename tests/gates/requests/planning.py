"""What is asked of calendar feeds and content plans."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from publishing.actions.feeds import make_feed
from publishing.models import CalendarFeed, ElectionPeriod, Nation, PollKind, Series
from tests.gates.small_council import Council
from tests.publishing.repeating.beginning import repeating

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


def _series(council: Council, about: str) -> list[Any]:
    """The author's; one that goes on is paused, for whoever is to resume it."""
    made = repeating(council.posts["published"], council.people["author"])
    return [made.pk]


def _paused(council: Council, about: str) -> list[Any]:
    (pk,) = _series(council, about)
    Series.objects.filter(pk=pk).update(state="paused")
    return [pk]


def _rhythm(council: Council, about: str) -> Body:
    start = timezone.localdate() + timedelta(days=1)
    return {
        "name": "Brown bins", "frequency": "weekly", "every": 1, "weekdays": ["0"], "at": "9am",
        "starts_on": start.strftime("%d/%m/%Y"), "ends": "no_end", "days_ahead": 14,
        "key": str(uuid.uuid4()),
    }  # fmt: skip


def _changed(council: Council, about: str) -> Body:
    return {**_rhythm(council, about), "text": "New words.", "title": "", "revision": 1}


PLACES: dict[str, Callable[[Council, str], list[Any]]] = {
    "calendar_feed": lambda council, about: [_feed(council)[1]],
    "calendar_feed_revoke": lambda council, about: [_feed(council)[0].pk],
    "account_plan": lambda council, about: [council.account.pk],
    "election_guide": _election,
    "series_resume": _paused,
    "post_repeat": lambda council, about: [council.posts[about].pk],
    **dict.fromkeys(
        ("series", "series_change", "series_pause", "series_take_over", "series_end"), _series
    ),
}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "calendar_feeds": lambda council, about: {"name": "Outlook", "key": str(uuid.uuid4())},
    "account_plan": lambda council, about: {"posts_a_week": 3, "themes": "Events"},
    "post_repeat": _rhythm,
    "series_change": _changed,
}
