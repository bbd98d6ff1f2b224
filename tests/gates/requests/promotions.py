"""What is asked of paid promotion."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from publishing.models import Promotion, PromotionState
from tests.gates.small_council import Council

Body = dict[str, Any]


def _promotion(council: Council, about: str) -> list[Any]:
    """For the published post of the author, whatever became of that; the holder has the money."""
    people, now = council.people, timezone.now()
    agreed = {
        "state": PromotionState.AGREED,
        "budget_agreed_at": now,
        "communications_by": people["officer"],
        "communications_agreed_at": now,
    }
    promotion = Promotion.objects.create(
        post=council.posts["published"],
        account=council.account,
        objective="200 more bookings",
        audience="Adults near Wealdmoor",
        budget_pence=8000,
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate(),
        cost_code="LIB-42",
        asked_by=people["author"],
        budget_holder=people["holder"],
        key=uuid.uuid4(),
        **(agreed if about == "agreed" else {}),
    )
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
