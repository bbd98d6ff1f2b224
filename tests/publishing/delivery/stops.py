"""Stops as people place and release them."""

from __future__ import annotations

from accounts.models import User
from publishing.delivery.stopping import EVERYTHING, Scope, agree_release, ask_release, place_stop
from publishing.models import Stop
from tests.factories import digital_officer


def stopped(
    scope: Scope = EVERYTHING, reason: str = "An emergency.", by: User | None = None
) -> Stop:
    return place_stop(reason=reason, by=by or digital_officer(), scope=scope)


def released(stop: Stop) -> Stop:
    """By two people, as it must be."""
    ask_release(stop_id=stop.pk, reason="It is over.", by=digital_officer())
    agree_release(stop_id=stop.pk, by=digital_officer())
    return Stop.objects.get(pk=stop.pk)
