"""What came of a removal, kept in one transaction with its audit entry."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions.credentials import mark_refused
from audit.catalogue import Event
from audit.record import record
from platforms.contract import Removed
from platforms.errors import PlatformError, Rejected, SignInExpired, TryLater
from publishing.delivery.back_off import pause
from publishing.delivery.locking import lock_delivery
from publishing.delivery.moves import move
from publishing.models import REMOVAL_TRANSITIONS, DeliveryState, Removal, RemovalState
from publishing.takedown.finishing import finish

log = logging.getLogger(__name__)

TRIES_AT_MOST = 8
"""About ten minutes of trying; then a person is quicker."""
LONGEST_WAIT = timedelta(minutes=30)
"""A person does not wait longer than this for a platform that asks us to."""
SILENT = "The worker that was removing it ended without an answer."
LENGTH = 500

Answer = Removed | PlatformError


class ImpossibleRemoval(RuntimeError):
    """Somebody tried what the table of transitions does not know."""


def move_removal(removal: Removal, to: RemovalState, **changes: Any) -> None:
    """Write the new state of a locked removal; its lease ends. Raises ImpossibleRemoval."""
    if to not in REMOVAL_TRANSITIONS[RemovalState(removal.state)]:
        raise ImpossibleRemoval(f"{removal}: {removal.state} → {to}")
    changes = {"lease_until": None, **changes, "state": to}
    for name, value in changes.items():
        setattr(removal, name, value)
    removal.save(update_fields=list(changes))


def lock_removal(pk: int) -> Removal:
    """The removal with its post and delivery, all locked in the order of the locks.

    Raises Removal.DoesNotExist.
    """
    delivery = lock_delivery(Removal.objects.values_list("delivery", flat=True).get(pk=pk))
    locked = Removal.objects.select_for_update(of=("self",), no_key=True)
    removal = locked.select_related("takedown").get(pk=pk)
    removal.delivery = delivery
    return removal


def settle(removal_id: int, tried: int, answer: Answer) -> None:
    """Keep what came of the try with that number, unless somebody else answers for it by now."""
    with transaction.atomic():
        removal, now = lock_removal(removal_id), timezone.now()
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
    wait = pause(removal.tries, asked)
    if removal.tries >= TRIES_AT_MOST or wait > LONGEST_WAIT:
        by_hand(removal, why)
    else:
        move_removal(removal, RemovalState.WAITING, try_at=now + wait, detail=why[:LENGTH])


def by_hand(removal: Removal, why: str) -> None:
    """A person is to remove it."""
    move_removal(removal, RemovalState.BY_HAND, detail=why[:LENGTH])
    record(Event.REMOVAL_BY_HAND_ASKED, by=None, on=removal.delivery, after={"why": why})


def _removed(removal: Removal, answer: Removed, now: datetime) -> None:
    detail = "" if answer.was_there else "It was not there any more."
    move_removal(removal, RemovalState.REMOVED, done_at=now, detail=detail)
    move(removal.delivery, DeliveryState.TAKEN_DOWN, now)
    after = {"detail": detail} if detail else {}
    record(Event.REMOVAL_DONE, by=None, on=removal.delivery, after=after)
    finish(removal.delivery.post, now)
