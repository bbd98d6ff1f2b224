"""The one way in which a delivery changes its state."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from publishing.models import (
    DELIVERY_TRANSITIONS,
    Attempt,
    AttemptOutcome,
    Circuit,
    Delivery,
    DeliveryState,
    Stop,
)
from publishing.models.deliveries import DeliveryQuerySet
from publishing.models.posts import Post

if TYPE_CHECKING:
    from typing import TypedDict

    from django_stubs_ext import WithAnnotations

    class Asked(TypedDict):
        is_stopped: bool
        is_platform_failing: bool

    Locked = WithAnnotations[Delivery, Asked]
else:
    Locked = Delivery
"""A delivery as `lock_delivery` gives it."""

REASON_LENGTH = 500


class ImpossibleMove(RuntimeError):
    """The engine tried what the table of transitions does not know."""


def lock_delivery(pk: int) -> Locked:
    """The delivery, its post locked before it, both as they are now. Raises Delivery.DoesNotExist.

    Everything that the engine asks about comes with it in the same query; besides, `is_stopped` and
    `is_platform_failing`.
    """
    list(
        Post.objects.select_for_update(of=("self",), no_key=True)
        .filter(deliveries=pk)
        .values_list("pk")
    )
    failing = Circuit.objects.filter(platform=OuterRef("account__platform"), failures__gt=0)
    return (
        Delivery.objects.select_for_update(of=("self",), no_key=True)
        .annotate(
            is_stopped=Exists(Stop.objects.in_force()),
            is_platform_failing=Exists(failing),
        )
        .select_related(
            "post__author",
            "version__edited_by",
            "account__owner",
            "account__service_area",
            "account__credential",
        )
        .get(pk=pk)
    )


def lock_again(delivery: Delivery) -> Delivery:
    """What `lock_delivery` gave in an earlier transaction, locked and as it is now.

    Only the delivery and its post are read again; what never changes, or does not matter any more
    after the call, is kept from then.
    """
    post = Post.objects.select_for_update(no_key=True).get(pk=delivery.post_id)
    fresh = Delivery.objects.select_for_update(no_key=True).get(pk=delivery.pk)
    fresh.post, fresh.version, fresh.account = post, delivery.version, delivery.account
    return fresh


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
