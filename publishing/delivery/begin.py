"""Step one of sending: lock, check everything again, and keep that the attempt is started."""

from __future__ import annotations

import os
import socket
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from publishing.delivery import settle
from publishing.delivery.gate import Way, examine_all
from publishing.delivery.locking import Locked, lock_deliveries
from publishing.delivery.moves import write_all
from publishing.delivery.prepared import Prepared
from publishing.models import Attempt, Delivery, DeliveryState

MOMENT = timedelta(seconds=1)
"""By how much less than the whole lease is as good as new."""


@dataclass(frozen=True, slots=True)
class Begun:
    """An attempt that has passed the gate and is on its way."""

    delivery: Locked
    attempt_id: int
    key: UUID
    first_tried_at: datetime


@dataclass(frozen=True, slots=True)
class NotSent:
    """One that did not pass, and left its place at the platform to another."""

    platform: str


Start = Begun | NotSent | None
"""None: it is not claimed, or somebody else has started it."""


def begin(delivery_id: int) -> Start:
    """Start the claimed attempt at a delivery, if it passes the gate. One transaction."""
    return _begin([delivery_id], leave_busy=False).get(delivery_id)


def begin_all(delivery_ids: Sequence[int]) -> list[tuple[Start] | None]:
    """`begin` for several at once; None for one whose rows somebody else has locked.

    An id that is there twice, because the broker repeated its message, is started for the first
    alone; None for the others.
    """
    started = _begin(delivery_ids, leave_busy=True)
    return [(started.pop(pk),) if pk in started else None for pk in delivery_ids]


def _begin(delivery_ids: Sequence[int], *, leave_busy: bool) -> dict[int, Start]:
    """A claimed attempt is started only once, whatever the broker repeats."""
    with transaction.atomic():
        locked = lock_deliveries(set(delivery_ids), leave_busy=leave_busy)
        attempts = _attempts(locked)
        ready = [each for each in locked if each.pk in attempts]
        now = timezone.now()
        verdicts = examine_all(ready, now)
        passed = [each for each in ready if verdicts[each.pk].way is Way.SEND]
        _start(passed, attempts, now)
        for each in ready:
            if each not in passed:
                settle.not_sent(each, attempts[each.pk][-1].pk, verdicts[each.pk], now)
    started: dict[int, Start] = dict.fromkeys((each.pk for each in locked), None)
    started |= {each.pk: NotSent(each.account.platform) for each in ready}
    return started | {each.pk: _begun(each, attempts[each.pk]) for each in passed}


def _attempts(deliveries: Collection[Delivery]) -> dict[int, list[Attempt]]:
    """Of each delivery that is claimed and not started, all attempts, the claimed one last."""
    claimed = [each.pk for each in deliveries if each.state == DeliveryState.SENDING]
    found: dict[int, list[Attempt]] = {pk: [] for pk in claimed}
    for attempt in _of_deliveries(claimed):
        found[attempt.delivery_id].append(attempt)
    return {pk: several for pk, several in found.items() if several and _is_new(several[-1])}


_of_deliveries = Prepared(lambda pks: Attempt.objects.filter(delivery__in=pks).order_by("number"))


def _is_new(attempt: Attempt) -> bool:
    return attempt.started_at is None and attempt.ended_at is None


def _start(
    deliveries: Collection[Delivery], attempts: Mapping[int, list[Attempt]], now: datetime
) -> None:
    newest = [attempts[each.pk][-1] for each in deliveries]
    for attempt in newest:
        attempt.started_at = now
    keys = [attempt.pk for attempt in newest]
    Attempt.objects.filter(pk__in=keys).update(started_at=now, worker=_worker())
    _renew(deliveries, now)


def _renew(deliveries: Collection[Delivery], now: datetime) -> None:
    """The lease runs from here, unless it was taken a moment ago."""
    until = now + timedelta(seconds=settings.LEASE_S)
    old = [each for each in deliveries if each.lease_until and until - each.lease_until > MOMENT]
    if old:
        write_all(old, lease_until=until, try_at=until)


def _begun(delivery: Locked, attempts: Sequence[Attempt]) -> Begun:
    newest = attempts[-1]
    first = next(each.started_at for each in attempts if each.started_at)
    return Begun(delivery, newest.pk, newest.key, first)


def _worker() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"[:100]
