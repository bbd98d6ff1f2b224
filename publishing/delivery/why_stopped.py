"""Why a delivery is held by a stop, or is not sent after one: in words for people."""

from __future__ import annotations

from collections.abc import Collection

from publishing.delivery.locking import Locked
from publishing.models import Delivery, Stop


def overdue_after_a_stop(what: str = "Delivery") -> str:
    return f"{what} was stopped when its time came. It is not sent late: it needs a new time."


def why_stopped(deliveries: Collection[Locked]) -> dict[int, str]:
    """Every stop that holds each of them, by the delivery's id; without those that none holds.

    Four queries at most, none where nothing is stopped.
    """
    held = [each for each in deliveries if each.is_stopped]
    if not held:
        return {}
    rows = Delivery.objects.select_related("account__service_area", "post__service_area")
    in_full = rows.in_bulk([each.pk for each in held])
    stops = list(
        Stop.objects.in_force()
        .select_related("account", "service_area")
        .prefetch_related("allowed_accounts", "allowed_posts")
    )
    return {
        pk: " ".join(_said(stop) for stop in stops if stop.holds(delivery))
        for pk, delivery in in_full.items()
    }


def _said(stop: Stop) -> str:
    words = f"{stop.in_words} is stopped: {stop.reason}"
    return words if words.endswith((".", "!", "?")) else f"{words}."
