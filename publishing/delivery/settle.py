"""Settling: what came of an attempt, kept in one transaction with its audit entry."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.actions.credentials import mark_refused
from accounts.models import User
from audit.canonical import storable
from audit.catalogue import Event
from audit.record import record
from platforms.addresses import web_address
from platforms.contract import Sent
from platforms.errors import PlatformError, Rejected, SignInExpired, TryLater
from publishing.delivery.back_off import pause
from publishing.delivery.gate import Verdict, Way
from publishing.delivery.moves import end_attempt, lock_again, move, without_publishing
from publishing.delivery.outgoing import BytesChanged
from publishing.models import AttemptOutcome, Delivery, DeliveryState
from publishing.outcomes import move_on, record_moved

log = logging.getLogger(__name__)

Answer = Sent | PlatformError | BytesChanged


def settle(begun: Delivery, attempt_id: int, answer: Answer) -> None:
    """Keep what came of an attempt that was started, for the delivery as it was then."""
    with transaction.atomic():
        delivery = lock_again(begun)
        now = timezone.now()
        outcome, detail = _outcome(answer)
        if not end_attempt(attempt_id, outcome, detail, now):
            _settle_late(delivery, answer, now)
        elif isinstance(answer, Sent):
            published(delivery, answer, now)
        elif isinstance(answer, BytesChanged):
            _refused(delivery, Verdict(Way.TAMPERED, str(answer)), now)
        elif isinstance(answer, Rejected):
            _rejected(delivery, answer, now)
        elif isinstance(answer, TryLater):
            _put_off(delivery, answer, now)
        elif isinstance(answer, SignInExpired):
            _signed_out(delivery, answer, now)
        else:
            unknown(delivery, answer.message, now)


def not_sent(delivery: Delivery, attempt_id: int, verdict: Verdict, now: datetime) -> None:
    """End an attempt that did not pass the gate. Inside the transaction that locked it."""
    end_attempt(attempt_id, AttemptOutcome.REFUSED, verdict.reason, now)
    if verdict.way is Way.HOLD:
        hold(delivery, verdict.reason, now)
    elif verdict.way is Way.MISSED:
        missed(delivery, verdict.reason, now)
    else:
        _refused(delivery, verdict, now)


def published(
    delivery: Delivery,
    sent: Sent,
    now: datetime,
    event: Event = Event.DELIVERY_PUBLISHED,
    by: User | None = None,
) -> None:
    """The platform has it: for good."""
    move(
        delivery,
        DeliveryState.PUBLISHED,
        now,
        remote_id=storable(sent.remote_id[:200]),
        remote_url=storable(web_address(sent.url[:500])),
        sent_text=storable(sent.text),
        sent_alt_texts=[storable(alt_text) for alt_text in sent.alt_texts],
        published_at=now,
        resume={},
    )
    _finish(delivery, event, {"remote_id": sent.remote_id, "address": sent.url}, by)


def hold(delivery: Delivery, reason: str, now: datetime) -> None:
    """Put it aside until what is in the way is put right."""
    again = now + timedelta(seconds=settings.HELD_RECHECK_S)
    move(delivery, DeliveryState.HELD, now, reason=reason, try_at=again)
    record(Event.DELIVERY_HELD, by=None, on=delivery, after={"why": reason})


def missed(delivery: Delivery, reason: str, now: datetime) -> None:
    move(delivery, DeliveryState.MISSED, now, reason=reason)
    _finish(delivery, Event.DELIVERY_MISSED, {"due_at": delivery.due_at})


def unknown(delivery: Delivery, reason: str, now: datetime) -> None:
    """It may be out: read back, soon. Inside the transaction that locked it."""
    move(delivery, DeliveryState.UNKNOWN, now, reason=reason, try_at=now, read_backs=0)
    record(Event.DELIVERY_OUTCOME_UNKNOWN, by=None, on=delivery, after={"why": reason})


def _finish(
    delivery: Delivery, event: Event, after: Mapping[str, object], by: User | None = None
) -> None:
    """Move the post on where this was the last of it; then the entries, last before the commit."""
    of_post = move_on(delivery.post)
    record(event, by=by, on=delivery, after=after)
    if of_post is not None:
        record_moved(delivery.post, of_post)


def _refused(delivery: Delivery, verdict: Verdict, now: datetime) -> None:
    tampered = verdict.way is Way.TAMPERED
    event = Event.DELIVERY_TAMPERED if tampered else Event.DELIVERY_REFUSED
    move(delivery, DeliveryState.REJECTED, now, reason=verdict.reason, resume={})
    _finish(delivery, event, {"why": verdict.reason})


def _rejected(delivery: Delivery, error: Rejected, now: datetime) -> None:
    move(delivery, DeliveryState.REJECTED, now, reason=error.message, resume={})
    _finish(delivery, Event.DELIVERY_REJECTED, {"why": error.message})


def _put_off(delivery: Delivery, error: TryLater, now: datetime) -> None:
    try_at = now + pause(delivery.attempts.count(), error.after)
    move(
        delivery,
        DeliveryState.WAITING,
        now,
        reason=error.message,
        try_at=try_at,
        resume=without_publishing(delivery.resume),
    )
    after = {"due_at": try_at, "why": error.message}
    record(Event.DELIVERY_PUT_OFF, by=None, on=delivery, after=after)


def _signed_out(delivery: Delivery, error: SignInExpired, now: datetime) -> None:
    move(
        delivery,
        DeliveryState.HELD,
        now,
        reason=error.message,
        try_at=now + timedelta(seconds=settings.HELD_RECHECK_S),
        resume=without_publishing(delivery.resume),
    )
    mark_refused(account=delivery.account, reason=error.message, at=now)
    record(Event.DELIVERY_HELD, by=None, on=delivery, after={"why": error.message})


def _settle_late(delivery: Delivery, answer: Answer, now: datetime) -> None:
    """An answer after the lease ran out and the attempt was ended as unknown.

    That it is out is believed at any time, so that it is not sent again. Everything else is left to
    reading back, which may have begun.
    """
    log.warning("An answer for delivery %s came after its lease.", delivery.pk)
    if isinstance(answer, Sent) and delivery.state in (
        DeliveryState.UNKNOWN,
        DeliveryState.WAITING,
    ):
        published(delivery, answer, now)


def _outcome(answer: Answer) -> tuple[AttemptOutcome, str]:
    if isinstance(answer, Sent):
        return AttemptOutcome.PUBLISHED, ""
    if isinstance(answer, BytesChanged):
        return AttemptOutcome.REFUSED, str(answer)
    if isinstance(answer, Rejected):
        return AttemptOutcome.REJECTED, answer.message
    if isinstance(answer, TryLater | SignInExpired):
        return AttemptOutcome.TRY_LATER, answer.message
    return AttemptOutcome.UNKNOWN, answer.message
