"""Reading back: what became of a delivery whose answer never came.

Found: it is published. Not found: one look is not enough, because a platform may still be working
on what it took. After a second look some time later, it is sent again only where the platform would
refuse or merge a second copy; else a person is asked "Is it live?". A person is also asked when
reading back itself fails too often, or would have to wait too long.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.actions.credentials import mark_refused
from accounts.connection.adapters import connect
from audit.catalogue import Event
from audit.record import record
from platforms.contract import Absent, Outgoing, Sent
from platforms.errors import PlatformError, SignInExpired, TryLater
from publishing.delivery.back_off import pause
from publishing.delivery.claim import claim_next, in_flight
from publishing.delivery.locking import lock_delivery
from publishing.delivery.moves import move, without_publishing, write
from publishing.delivery.outgoing import BytesChanged, load_content, outgoing_of
from publishing.delivery.queueing import SEND, enqueue
from publishing.delivery.settle import published
from publishing.models import Attempt, Delivery, DeliveryState

log = logging.getLogger(__name__)


def claim_looks(now: datetime) -> list[int]:
    """Claim what is due to be read back, as far as each platform has room. In a transaction."""
    due = (
        Delivery.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
        .filter(state=DeliveryState.UNKNOWN, asks_person=False, try_at__lte=now)
        .order_by("try_at", "pk")
    )
    found = list(due.values_list("pk", "account__platform")[: settings.SWEEP_AT_MOST])
    if not found:
        return []
    busy = in_flight(now)
    ids = []
    for pk, platform in found:
        if busy[platform] < settings.DELIVERIES_AT_ONCE:
            busy[platform] += 1
            ids.append(pk)
    until = now + timedelta(seconds=settings.LEASE_S)
    Delivery.objects.filter(pk__in=ids).update(lease_until=until, try_at=until)
    return ids


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the platform: for which attempt, and when it began."""

    delivery: Delivery
    attempt: Attempt
    outgoing: Outgoing
    began_at: datetime


def reconcile_delivery(delivery_id: int) -> None:
    """Read back one delivery of unknown outcome; nothing happens if it is settled by now."""
    try:
        look = _begin(delivery_id)
    except BytesChanged as changed:
        _ask_what_it_was(delivery_id, changed)
        return
    if look is None:
        return
    answer = _find(look)
    with transaction.atomic():
        delivery = lock_delivery(delivery_id)
        if not _is_looked_for(delivery) or _newest_attempt(delivery) != look.attempt:
            return
        _settle(delivery, look, answer, timezone.now())
    enqueue(SEND, claim_next([delivery.account.platform]))


def _begin(delivery_id: int) -> Look | None:
    """What to look for; None where it is settled by now. Raises BytesChanged."""
    delivery = (
        Delivery.objects.select_related("post", "version", "account__credential")
        .filter(pk=delivery_id)
        .first()
    )
    if delivery is None or not _is_looked_for(delivery):
        return None
    attempt = _newest_attempt(delivery)
    load_content(delivery.version)
    first = delivery.attempts.filter(started_at__isnull=False).order_by("number").first()
    started = first.started_at if first else attempt.claimed_at
    outgoing = outgoing_of(delivery, attempt.key, started or attempt.claimed_at)
    return Look(delivery, attempt, outgoing, timezone.now())


def _ask_what_it_was(delivery_id: int, changed: BytesChanged) -> None:
    """What was sent cannot be built again from the rows, so nothing can be looked for."""
    with transaction.atomic():
        delivery = lock_delivery(delivery_id)
        if _is_looked_for(delivery):
            ask_person(delivery, f"We cannot tell what to look for: {changed}", timezone.now())


def _is_looked_for(delivery: Delivery) -> bool:
    return delivery.state == DeliveryState.UNKNOWN and not delivery.asks_person


def _newest_attempt(delivery: Delivery) -> Attempt:
    return delivery.attempts.order_by("-number")[0]


def _find(look: Look) -> Sent | Absent | PlatformError:
    try:
        return connect(look.delivery.account).find(look.outgoing, look.delivery.resume)
    except PlatformError as error:
        return error
    except Exception:
        log.exception("Reading back delivery %s failed.", look.delivery.pk)
        return PlatformError("Something unforeseen went wrong while we looked for it.")


def _settle(
    delivery: Delivery, look: Look, answer: Sent | Absent | PlatformError, now: datetime
) -> None:
    if isinstance(answer, Sent):
        published(delivery, answer, now, Event.DELIVERY_RECONCILED_FOUND)
    elif isinstance(answer, Absent):
        _absent(delivery, look, answer, now)
    else:
        _could_not_look(delivery, look, answer, now)


def _absent(delivery: Delivery, look: Look, answer: Absent, now: datetime) -> None:
    second_from = _second_look_from(delivery, look)
    if delivery.absent_since is None or look.began_at < second_from:
        since = delivery.absent_since or look.began_at
        write(delivery, absent_since=since, try_at=max(second_from, now), lease_until=None)
    elif answer.safe_to_repeat:
        move(
            delivery,
            DeliveryState.WAITING,
            now,
            try_at=now,
            reason="It was looked for twice and is not on the platform, so it is sent again.",
            resume=without_publishing(delivery.resume),
        )
        record(Event.DELIVERY_RECONCILED_ABSENT, by=None, on=delivery)
    else:
        ask_person(delivery, "It was looked for twice and was not found.", now)


def _second_look_from(delivery: Delivery, look: Look) -> datetime:
    """The second look counts from here: well after the first, and after the call must have ended.

    When the attempt was started is when the worker may have begun its last call at the earliest;
    when it was ended, as unknown, the call was over or its lease had run out.
    """
    ended = look.attempt.ended_at or look.attempt.claimed_at
    gap = timedelta(seconds=settings.ABSENCE_GAP_S)
    return max(delivery.absent_since or look.began_at, ended) + gap


def _could_not_look(delivery: Delivery, look: Look, error: PlatformError, now: datetime) -> None:
    looks = delivery.read_backs + 1
    wait = pause(looks, error.after if isinstance(error, TryLater) else None)
    write(delivery, read_backs=looks)
    too_long = wait > timedelta(seconds=settings.ASK_PERSON_AFTER_S)
    if looks >= settings.READ_BACKS_AT_MOST or too_long:
        ask_person(delivery, f"We could not look for it: {error.message}", now)
    else:
        write(delivery, try_at=now + wait, lease_until=None, reason=error.message[:500])
    if isinstance(error, SignInExpired):
        mark_refused(account=look.delivery.account, reason=error.message, at=now)


def ask_person(delivery: Delivery, why: str, now: datetime) -> None:
    """Nothing that we can look at settles it: "Is it live?" waits for a person."""
    write(
        delivery,
        asks_person=True,
        lease_until=None,
        reason=why[:500],
        changed_at=now,
    )
    record(Event.DELIVERY_ASKS_PERSON, by=None, on=delivery, after={"why": why})
