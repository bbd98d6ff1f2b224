"""What is asked of stops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from publishing.models import Stop
from tests.gates.small_council import Council

Body = dict[str, Any]


def _stop(council: Council, about: str) -> list[Any]:
    """In force; "asked": its release is asked for, "released": that is over too."""
    officer, now = council.people["duty"], timezone.now()
    there = Stop.objects.in_force().first()
    stop = there or Stop(reason="There is an emergency.", placed_by=officer)
    if about in ("asked", "released"):
        stop.release_asked_by, stop.release_asked_at = officer, now
        stop.release_reason = "It is over."
    if about == "released":
        stop.released_by, stop.released_at = council.people["officer"], now
    stop.save()
    return [stop.pk]


_REASON: Body = {"reason": "Said in a word."}

PLACES: dict[str, Callable[[Council, str], list[Any]]] = dict.fromkeys(
    ("stop_page", "stop_ask", "stop_agree", "stop_decline", "stop_let_through", "stop_spread"),
    _stop,
)
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "stop_place": lambda council, about: _REASON,
    "stop_ask": lambda council, about: _REASON,
    "stop_decline": lambda council, about: _REASON,
    "stop_let_through": lambda council, about: {**_REASON, "account": council.account.pk},
    "stop_spread": lambda council, about: {"hours": "3"},
}
