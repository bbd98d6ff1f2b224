"""What came of a removal, kept in one transaction with its audit entry."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.actions.credentials import mark_refused
from audit.catalogue import Event
from audit.record import record
from platforms.contract import Removed
from platforms.errors import PlatformError, Rejected, SignInExpired, TryLater
from publishing.delivery.errands import lock_errand, move_errand, next_try
from publishing.delivery.moves import move
from publishing.models import DeliveryState, Removal, RemovalState
from publishing.takedown.finishing import finish

log = logging.getLogger(__name__)

LONGEST_WAIT = timedelta(minutes=30)
"""A person does not wait longer than this for a platform that asks us to."""
SILENT = "The worker that was removing it ended without an answer."

Answer = Removed | PlatformError


def settle(removal_id: int, tried: int, answer: Answer) -> None:
    """Keep what came of the try with that number, unless somebody else answers for it by now."""
    with transaction.atomic():
        removal, now = lock_errand(Removal, removal_id, "takedown"), timezone.now()
        if removal.state != RemovalState.REMOVING or removal.tries != tried:
            log.warning("An answer for removal %s came after its lease.", removal_id)
        elif isinstance(answer, Removed):
            _removed(removal, answer, now)
        elif isinstance(answer, Rejected | SignInExpired):
            by_hand(removal, answer.message)
            if isinstance(answer, SignInExpired):
                mark_refused(account=removal.delivery.account, reason=answer.message, at=now)
        else:
            after = answer.after if isinstance(answer, TryLater) else None
            put_off(removal, answer.message, after or timedelta(0), now)


def put_off(removal: Removal, why: str, asked: timedelta, now: datetime) -> None:
    """Try it again later; by hand where that was done too often, or would take too long."""
    wait = next_try(removal, asked, LONGEST_WAIT)
    if wait is None:
        by_hand(removal, why)
    else:
        move_errand(removal, RemovalState.WAITING, try_at=now + wait, detail=why)


def by_hand(removal: Removal, why: str) -> None:
    """A person is to remove it."""
    move_errand(removal, RemovalState.BY_HAND, detail=why)
    record(Event.REMOVAL_BY_HAND_ASKED, by=None, on=removal.delivery, after={"why": why})


def _removed(removal: Removal, answer: Removed, now: datetime) -> None:
    detail = "" if answer.was_there else "It was not there any more."
    move_errand(removal, RemovalState.REMOVED, done_at=now, detail=detail)
    move(removal.delivery, DeliveryState.TAKEN_DOWN, now)
    after = {"detail": detail} if detail else {}
    record(Event.REMOVAL_DONE, by=None, on=removal.delivery, after=after)
    finish(removal.delivery.post, now)
