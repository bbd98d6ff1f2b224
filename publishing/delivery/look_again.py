"""The slower round: what is held may be free by now, and what waits may be too late by now."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from publishing.actions.scheduling import miss_overdue
from publishing.delivery.gate import Way, examine, too_late
from publishing.delivery.locking import Locked, lock_delivery
from publishing.delivery.moves import move, write
from publishing.delivery.settle import missed
from publishing.models import Delivery, DeliveryState

NOT_SENT_YET = (DeliveryState.WAITING, DeliveryState.HELD)


def look_again() -> None:
    """One round. Each row in a transaction of its own, a bounded number of them."""
    now = timezone.now()
    miss_overdue(now)
    miss_late(now)
    check_held(now)


def miss_late(now: datetime) -> None:
    """What is past its time by more than the maximum is not sent any more, stop or no stop."""
    latest = now - timedelta(minutes=settings.MAX_LATENESS_MIN)
    late = Delivery.objects.filter(state__in=NOT_SENT_YET, due_at__lt=latest)
    for pk in late.order_by("due_at", "pk").values_list("pk", flat=True)[: settings.SWEEP_AT_MOST]:
        with transaction.atomic():
            delivery = lock_delivery(pk)
            if delivery.state in NOT_SENT_YET and delivery.is_late(now, settings.MAX_LATENESS_MIN):
                missed(delivery, _why_late(delivery), now)


def check_held(now: datetime) -> None:
    """Ask the gate about what is held: what may go waits again, the rest stays where it is."""
    held = Delivery.objects.filter(state=DeliveryState.HELD, try_at__lte=now)
    for pk in held.order_by("due_at", "pk").values_list("pk", flat=True)[: settings.SWEEP_AT_MOST]:
        with transaction.atomic():
            delivery = lock_delivery(pk)
            if delivery.state == DeliveryState.HELD:
                _check(delivery, now)


def _check(delivery: Locked, now: datetime) -> None:
    verdict = examine(delivery, now)
    if verdict.way is Way.HOLD:
        again = now + timedelta(seconds=settings.HELD_RECHECK_S)
        write(delivery, try_at=again, reason=verdict.reason[:500])
    else:
        # Refusing is for the moment of sending, where the gate is asked once more.
        move(delivery, DeliveryState.WAITING, now, try_at=now)


def _why_late(delivery: Delivery) -> str:
    return f"{too_late()} {delivery.reason}".strip()
