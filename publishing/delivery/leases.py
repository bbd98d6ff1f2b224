"""Leases that ran out: the worker died, or is so slow that it counts as dead."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from audit.catalogue import Event
from audit.record import record
from publishing.delivery import settle
from publishing.delivery.moves import end_attempt, move, without_publishing
from publishing.models import Attempt, AttemptOutcome, Delivery, DeliveryState

NOT_STARTED = "The worker that had it ended before it began."
PREPARING = "The worker that had it ended while it was still preparing; nothing was sent."
SILENT = "The worker that was sending it ended without an answer."


def take_back(now: datetime) -> None:
    """Settle every sending whose lease ran out. Inside a transaction.

    Provably nothing left where the attempt was not started, or where the adapter has not yet said
    that it publishes: those wait again, at once. Everything else has an unknown outcome.
    """
    for attempt in _silent(now):
        delivery = attempt.delivery
        if attempt.started_at is None:
            _wait_again(attempt, delivery, NOT_STARTED, now)
        elif still_preparing(delivery):
            _wait_again(attempt, delivery, PREPARING, now)
        else:
            end_attempt(attempt.pk, AttemptOutcome.UNKNOWN, SILENT, now)
            settle.unknown(delivery, SILENT, now)


def still_preparing(delivery: Delivery) -> bool:
    """Whether the adapter has kept something in this attempt, and not yet said that it publishes.

    An adapter that kept nothing may have published with its first call.
    """
    return delivery.resume.get("publishing") is False


def _silent(now: datetime) -> list[Attempt]:
    """Open attempts whose delivery is past its lease, the deliveries locked."""
    ids = (
        Delivery.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
        .filter(state=DeliveryState.SENDING, try_at__lte=now)
        .order_by("pk")
        .values_list("pk", flat=True)[: settings.SWEEP_AT_MOST]
    )
    return list(
        Attempt.objects.filter(delivery__in=list(ids), ended_at__isnull=True)
        .select_related("delivery__version", "delivery__account")
        .order_by("delivery_id")
    )


def _wait_again(attempt: Attempt, delivery: Delivery, why: str, now: datetime) -> None:
    end_attempt(attempt.pk, AttemptOutcome.TRY_LATER, why, now)
    resume = without_publishing(delivery.resume)
    move(delivery, DeliveryState.WAITING, now, reason=why, try_at=now, resume=resume)
    record(Event.DELIVERY_PUT_OFF, by=None, on=delivery, after={"due_at": now, "why": why})
