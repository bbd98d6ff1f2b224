"""What is asked of paid promotion."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from publishing.actions.promoting import agree_to_budget, agree_to_words
from publishing.models import Promotion
from tests.gates.small_council import Council
from tests.publishing.promotion.asking import asked_for

Body = dict[str, Any]


def _asked(council: Council) -> Promotion:
    """For the published post of the author; the holder answers for the money."""
    holder = council.people["holder"]
    return asked_for(council.posts["published"], council.account, holder)


def _promotion(council: Council, about: str) -> list[Any]:
    promotion = _asked(council)
    if about == "agreed":
        agree_to_budget(promotion_id=promotion.pk, by=council.people["holder"])
        agree_to_words(promotion_id=promotion.pk, by=council.people["officer"])
    return [promotion.pk]


def _typed(council: Council, about: str) -> Body:
    today = timezone.localdate().strftime("%d/%m/%Y")
    return {
        "key": "8c1f6b0e-52a6-4f6e-9a55-0a0a5f6f1f11",
        "account": council.account.pk,
        "objective": "200 more bookings",
        "audience": "Adults near Wealdmoor",
        "budget": "80",
        "cost_code": "LIB-42",
        "starts_on": today,
        "ends_on": today,
        "budget_holder": council.people["holder"].pk,
    }


PLACES: dict[str, Callable[[Council, str], list[Any]]] = {
    **dict.fromkeys(
        (
            "promotion",
            "promotion_budget",
            "promotion_words",
            "promotion_refuse",
            "promotion_withdraw",
            "promotion_spend",
        ),
        _promotion,
    ),
    "promotion_new": lambda council, about: [council.posts[about].pk],
}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "promotion_new": _typed,
    "promotion_refuse": lambda council, about: {"reason": "No money left."},
    "promotion_withdraw": lambda council, about: {"reason": "The event is off."},
    "promotion_spend": lambda council, about: {"spent": "80"},
}
