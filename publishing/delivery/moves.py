"""The one way in which a delivery changes its state."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from publishing.models import DELIVERY_TRANSITIONS, Attempt, AttemptOutcome, Delivery, DeliveryState
from publishing.models.deliveries import DeliveryQuerySet
from publishing.models.posts import Post

REASON_LENGTH = 500


class ImpossibleMove(RuntimeError):
    """The engine tried what the table of transitions does not know."""


def lock_delivery(pk: int) -> Delivery:
    """The delivery, its post locked before it, both as they are now. Raises Delivery.DoesNotExist.

    Everything that the engine asks about comes with it in the same query.
    """
    list(
        Post.objects.select_for_update(of=("self",), no_key=True)
        .filter(deliveries=pk)
        .values_list("pk")
    )
    return (
        Delivery.objects.select_for_update(of=("self",), no_key=True)
        .select_related(
            "post__author",
            "version__edited_by",
            "account__owner",
            "account__service_area",
            "account__credential",
        )
        .get(pk=pk)
    )


def move(delivery: Delivery, to: DeliveryState, now: datetime, **changes: Any) -> None:
    """Write the new state of a locked delivery, with what changes beside it.

    The lease ends, and nobody is asked any more. Raises ImpossibleMove.
    """
    if to not in DELIVERY_TRANSITIONS[DeliveryState(delivery.state)]:
        raise ImpossibleMove(f"{delivery}: {delivery.state} → {to}")
    values = {
        "state": to,
        "lease_until": None,
        "asks_person": False,
        "absent_since": None,
        "changed_at": now,
        **changes,
    }
    values["reason"] = str(values.get("reason", ""))[:REASON_LENGTH]
    write(delivery, **values)


def write(delivery: Delivery, **values: Any) -> None:
    """Write fields of a locked delivery, in memory too."""
    for name, value in values.items():
        setattr(delivery, name, value)
    Delivery.objects.filter(pk=delivery.pk).update(**values)


def end_attempt(attempt_id: int, outcome: AttemptOutcome, detail: str, now: datetime) -> bool:
    """End an open attempt; false if somebody ended it before."""
    return bool(
        Attempt.objects.filter(pk=attempt_id, ended_at__isnull=True).update(
            ended_at=now, outcome=outcome, detail=detail[:REASON_LENGTH]
        )
    )


def held_by(delivery_id: int, attempt_id: int) -> DeliveryQuerySet:
    """The delivery, as long as this attempt is the one that is sending it."""
    is_open = Attempt.objects.filter(pk=attempt_id, delivery=OuterRef("pk"), ended_at__isnull=True)
    return Delivery.objects.filter(Exists(is_open), pk=delivery_id, state=DeliveryState.SENDING)


def without_publishing(resume: dict[str, Any]) -> dict[str, Any]:
    """What was kept for resuming, once it is certain that nothing was published."""
    return {name: value for name, value in resume.items() if name != "publishing"}


def in_due_order(deliveries: Iterable[Delivery]) -> list[Delivery]:
    return sorted(deliveries, key=lambda delivery: (delivery.due_at, delivery.pk))
