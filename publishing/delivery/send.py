"""Sending one delivery, in three steps: check and start; call the platform; settle.

The first and the last are transactions. Between them no lock and no transaction is held, however
long the platform takes. Whatever dies in between, the row says what may have happened: see
`publishing.delivery.sweep`.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.connections import connect
from platforms.contract import Sent
from platforms.errors import OutcomeUnknown, PlatformError
from publishing.delivery import circuit, settle
from publishing.delivery.claim import claim_next
from publishing.delivery.gate import Way, examine
from publishing.delivery.lease import Lease, LeaseLost
from publishing.delivery.moves import Locked, lock_delivery, write
from publishing.delivery.outgoing import BytesChanged, check_bytes, outgoing_of
from publishing.models import Attempt, Delivery, DeliveryState

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Begun:
    """An attempt that has passed the gate and is on its way."""

    delivery: Locked
    attempt_id: int
    key: UUID
    first_tried_at: datetime


def send_delivery(delivery_id: int) -> None:
    """Send a delivery that a sweep has claimed; nothing happens if somebody else does or did."""
    begun = _begin(delivery_id)
    if begun is None:
        return
    platform = begun.delivery.account.platform
    answer = _call(begun)
    if isinstance(answer, LeaseLost):
        log.warning("Delivery %s was given up: %s", delivery_id, answer)
        return
    settle.settle(begun.delivery, begun.attempt_id, answer)
    _tell_circuit(begun.delivery, answer)
    claim_next(platform)


def _begin(delivery_id: int) -> Begun | None:
    """Step one. The claimed attempt is started only once, whatever the broker repeats."""
    with transaction.atomic():
        delivery = lock_delivery(delivery_id)
        attempts = list(delivery.attempts.order_by("number")) if _is_claimed(delivery) else []
        if not attempts or attempts[-1].started_at or attempts[-1].ended_at:
            return None
        attempt, now = attempts[-1], timezone.now()
        verdict = examine(delivery, now)
        if verdict.way is Way.SEND:
            _start(delivery, attempt, now)
        else:
            settle.not_sent(delivery, attempt.pk, verdict, now)
    if verdict.way is not Way.SEND:
        claim_next(delivery.account.platform)
        return None
    first = next(each.started_at for each in attempts if each.started_at)
    return Begun(delivery, attempt.pk, attempt.key, first)


def _is_claimed(delivery: Delivery) -> bool:
    return delivery.state == DeliveryState.SENDING


def _start(delivery: Delivery, attempt: Attempt, now: datetime) -> None:
    attempt.started_at = now
    Attempt.objects.filter(pk=attempt.pk).update(started_at=now, worker=_worker())
    until = now + timedelta(seconds=settings.LEASE_S)
    write(delivery, lease_until=until, try_at=until)


def _call(begun: Begun) -> Sent | PlatformError | BytesChanged | LeaseLost:
    """Step two: an answer, or the error that stands for one. No transaction is open."""
    delivery = begun.delivery
    lease = Lease(delivery.pk, begun.attempt_id, delivery.resume)
    try:
        check_bytes(delivery.version)
        outgoing = outgoing_of(delivery, begun.key, begun.first_tried_at)
        return connect(delivery.account).publish(outgoing, delivery.resume, lease)
    except (PlatformError, BytesChanged, LeaseLost) as known:
        return known
    except Exception:
        # An adapter's mistake says nothing about whether the post is out.
        log.exception("Sending delivery %s failed in an unforeseen way.", delivery.pk)
        return OutcomeUnknown("Something unforeseen went wrong while it was being sent.")


def _tell_circuit(delivery: Locked, answer: Sent | PlatformError | BytesChanged) -> None:
    """What follows a settled delivery cannot unsettle it."""
    platform = delivery.account.platform
    if isinstance(answer, PlatformError) and circuit.is_platforms_trouble(answer):
        circuit.count_failure(platform, answer, timezone.now())
    elif isinstance(answer, Sent) and delivery.is_platform_failing:
        circuit.count_success(platform)


def _worker() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"[:100]
