"""What is asked of election periods and wards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from publishing.models import ElectionPeriod, ElectionReview, Ward
from tests.gates.small_council import Council

Body = dict[str, Any]


def _period(council: Council) -> ElectionPeriod:
    today = timezone.localdate()
    days = {"notice_on": today, "suggested_notice_on": today, "poll_on": today + timedelta(days=30)}
    made, _ = ElectionPeriod.objects.get_or_create(
        name="Hill ward",
        defaults={
            **days,
            "nation": "england",
            "kind": "local",
            "created_by": council.people["officer"],
        },
    )
    return made


def _review(council: Council, about: str) -> list[Any]:
    period = _period(council)
    post = council.posts["scheduled"]
    review, _ = ElectionReview.objects.get_or_create(period=period, post=post)
    return [period.pk, review.pk]


def _details(council: Council, about: str) -> Body:
    return {
        "name": "Valley ward",
        "nation": "england",
        "kind": "local",
        "poll_on": "06/05/2027",
        "notice_on": "29/03/2027",
    }


PLACES: dict[str, Callable[[Council, str], list[Any]]] = {
    **dict.fromkeys(
        ("election", "election_change", "election_names", "election_cancel"),
        lambda council, about: [_period(council).pk],
    ),
    "election_review": _review,
    "ward_change": lambda council, about: [Ward.objects.get_or_create(name="Hill")[0].pk],
}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "election_new": _details,
    "election_change": _details,
    "election_names": lambda council, about: {"candidate": "Jane Smith"},
    "election_cancel": lambda council, about: {"reason": "Countermanded."},
    "election_review": lambda council, about: {"outcome": "kept"},
    "ward_new": lambda council, about: {"name": "Valley"},
    "ward_change": lambda council, about: {"name": "Hill and Dale"},
    "non_working_day_new": lambda council, about: {"on": "20/04/2027", "name": "Mourning"},
}
