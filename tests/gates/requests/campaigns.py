"""What is asked of campaigns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from publishing.actions.campaigning import Plan, add_campaign
from publishing.models import Campaign
from tests.gates.small_council import Council

Body = dict[str, Any]


def _campaign(council: Council, about: str) -> list[Any]:
    """The site owner's."""
    owner, again = council.people["owner"], Campaign.objects.count()
    plan = Plan(f"Recycle right {again}", "Less waste", owner)
    return [add_campaign(plan=plan, by=owner).pk]


def _typed(council: Council, about: str) -> Body:
    return {"name": "New bin days", "owner": council.people["officer"].pk}


PLACES: dict[str, Callable[[Council, str], list[Any]]] = dict.fromkeys(
    ("campaign", "campaign_change", "campaign_close"), _campaign
)
BODIES: dict[str, Callable[[Council, str], Body]] = dict.fromkeys(
    ("campaign_new", "campaign_change"), _typed
)
