"""Settling: what came of an attempt, kept in one transaction with its audit entry."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.actions.credentials import mark_refused
from accounts.models import User
from audit.canonical import storable
from audit.catalogue import Event
from audit.record import Happened, happened, record, record_all
from platforms.addresses import web_address
from platforms.contract import Sent
from platforms.errors import PlatformError, Rejected, SignInExpired, TryLater
from publishing.delivery.back_off import pause
from publishing.delivery.gate import Verdict, Way
from publishing.delivery.locking import lock_again
from publishing.delivery.moves import (
    end_attempt,
    end_attempts_published,
    move,
    move_all,
    without_publishing,
)
from publishing.delivery.outgoing import BytesChanged
from publishing.models import AttemptOutcome, Delivery, DeliveryState
from publishing.outcomes import move_on, what_moved

log = logging.getLogger(__name__)

Answer = Sent | PlatformError | BytesChanged


Settlement = tuple[Delivery, int, Answer]
"""A delivery as it was when its attempt began, the attempt's id, and what came of it."""


def settle(begun: Delivery, attempt_id: int, answer: Answer) -> None:
    """Keep what came of an attempt that was started, for the delivery as it was then."""
    with transaction.atomic():
        [delivery] = lock_again([begun])
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


def settle_published(settlements: Collection[Settlement]) -> set[int]:
    """Keep for several at once that the platforms have them; the ids of the settled attempts.

    Left out are other answers, rows that somebody else has locked, and attempts that somebody else
    has ended: those are for `settle`, one by one.
    """
    answers = {delivery.pk: what for delivery, _, what in settlements if isinstance(what, Sent)}
    if not answers:
        return set()
    with transaction.atomic():
        begun = {delivery.pk: delivery for delivery, _, _ in settlements if delivery.pk in answers}
        locked = {each.pk: each for each in lock_again(begun.values(), leave_busy=True)}
        now = timezone.now()
        wanted = [attempt for delivery, attempt, _ in settlements if delivery.pk in locked]
        ended = end_attempts_published(wanted, now)
        if ended:
            _published({locked[pk]: answers[pk] for pk in ended.values()}, now)
    return set(ended)


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
    _published({delivery: sent}, now, event, by)


def _published(
    sent: Mapping[Delivery, Sent],
    now: datetime,
    event: Event = Event.DELIVERY_PUBLISHED,
    by: User | None = None,
) -> None:
    for delivery, what in sent.items():
        delivery.remote_id = storable(what.remote_id[:200])
        delivery.remote_url = storable(web_address(what.url[:500]))
        delivery.sent_text = storable(what.text)
        delivery.sent_alt_texts = [storable(alt_text) for alt_text in what.alt_texts]
    told = ["remote_id", "remote_url", "sent_text", "sent_alt_texts"]
    move_all(sent, DeliveryState.PUBLISHED, now, each=told, published_at=now, resume={})
    _finish(
        {
            delivery: happened(
                event,
                by=by,
                on=delivery,
                after={"remote_id": what.remote_id, "address": what.url},
            )
            for delivery, what in sent.items()
        }
    )


def hold(delivery: Delivery, reason: str, now: datetime) -> None:
    """Put it aside until what is in the way is put right."""
    again = now + timedelta(seconds=settings.HELD_RECHECK_S)
    move(delivery, DeliveryState.HELD, now, reason=reason, try_at=again)
    record(Event.DELIVERY_HELD, by=None, on=delivery, after={"why": reason})


def missed(delivery: Delivery, reason: str, now: datetime) -> None:
    missed_all([delivery], reason, now)


def missed_all(deliveries: Collection[Delivery], reason: str, now: datetime) -> None:
    """None of these locked deliveries is sent any more: their time has passed."""
    if not deliveries:
        return
    move_all(deliveries, DeliveryState.MISSED, now, reason=reason)
    _finish(
        {
            each: happened(Event.DELIVERY_MISSED, by=None, on=each, after={"due_at": each.due_at})
            for each in deliveries
        }
    )


def unknown(delivery: Delivery, reason: str, now: datetime) -> None:
    """It may be out: read back, soon. Inside the transaction that locked it."""
    move(delivery, DeliveryState.UNKNOWN, now, reason=reason, try_at=now, read_backs=0)
    record(Event.DELIVERY_OUTCOME_UNKNOWN, by=None, on=delivery, after={"why": reason})


def _finish(entries: Mapping[Delivery, Happened]) -> None:
    """Move posts on where these were the last of them; then the entries, last before the commit."""
    posts = {delivery.post_id: delivery.post for delivery in entries}
    moved = move_on(posts.values())
    record_all([*entries.values(), *(what_moved(posts[pk], event) for pk, event in moved.items())])


def _refused(delivery: Delivery, verdict: Verdict, now: datetime) -> None:
    tampered = verdict.way is Way.TAMPERED
    event = Event.DELIVERY_TAMPERED if tampered else Event.DELIVERY_REFUSED
    move(delivery, DeliveryState.REJECTED, now, reason=verdict.reason, resume={})
    after = {"why": verdict.reason}
    _finish({delivery: happened(event, by=None, on=delivery, after=after)})


def _rejected(delivery: Delivery, error: Rejected, now: datetime) -> None:
    move(delivery, DeliveryState.REJECTED, now, reason=error.message, resume={})
    after = {"why": error.message}
    _finish({delivery: happened(Event.DELIVERY_REJECTED, by=None, on=delivery, after=after)})


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
