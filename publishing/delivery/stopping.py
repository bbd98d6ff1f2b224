"""The stop: one order that holds all delivery, with a reason, until it is released."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from publishing.errors import Conflict, Refused
from publishing.models import Delivery, DeliveryState, Stop


@transaction.atomic
def place_stop(*, reason: str, by: User) -> Stop:
    """Stop all delivery at once: nothing is claimed and nothing passes the gate from now on.

    What a platform already has cannot be called back. Raises NotAllowed, Refused (no reason) and
    Conflict (stopped already).
    """
    demand(by, Permission.STOP_DELIVERY)
    why = _reason(reason, "Say why all delivery is stopped")
    try:
        with transaction.atomic():
            stop = Stop.objects.create(reason=why, placed_by=by)
    except IntegrityError:
        raise Conflict("All delivery is stopped already.") from None
    record(Event.STOP_PLACED, by=by, on=stop, reason=why)
    return stop


@transaction.atomic
def release_stop(*, stop_id: int, reason: str, by: User) -> None:
    """Let delivery go on. What is late by more than the maximum stays missed; what is overdue by
    less leaves one after the other, with a pause between two of an account, so there is no burst.

    Raises NotAllowed, Refused (no reason) and Conflict (released already).
    """
    demand(by, Permission.STOP_DELIVERY)
    why = _reason(reason, "Say why delivery goes on")
    now = timezone.now()
    stop = Stop.objects.select_for_update().get(pk=stop_id)
    if stop.released_at is not None:
        raise Conflict("This stop was released already.")
    stop.released_at, stop.released_by, stop.release_reason = now, by, why
    stop.save(update_fields=["released_at", "released_by", "release_reason"])
    spread(now)
    record(Event.STOP_RELEASED, by=by, on=stop, reason=why)


def spread(now: datetime) -> None:
    """Give what is overdue its turn: the first of an account now, each other a pause later.

    Two queries, however many there are.
    """
    overdue = (
        Delivery.objects.select_for_update(of=("self",), no_key=True)
        .filter(state__in=[DeliveryState.WAITING, DeliveryState.HELD], due_at__lte=now)
        .order_by("pk")
    )
    by_account = sorted(overdue, key=lambda each: (each.account_id, each.due_at, each.pk))
    gap = timedelta(seconds=settings.RELEASE_GAP_S)
    rows = []
    for _, of_account in groupby(by_account, key=lambda delivery: delivery.account_id):
        for place, delivery in enumerate(of_account):
            turn = now + place * gap
            held = delivery.state == DeliveryState.HELD
            delivery.try_at = now if held else max(delivery.try_at, turn)
            rows.append(delivery)
    Delivery.objects.bulk_update(rows, ["try_at"], batch_size=500)


def _reason(reason: str, missing: str) -> str:
    why = reason.strip()
    if not why:
        raise Refused(missing, field="reason")
    return why[:500]
