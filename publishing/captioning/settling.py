"""What came of a try to add captions, kept in one transaction with its audit entry."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.actions.credentials import mark_refused
from audit.canonical import storable
from audit.catalogue import Event
from audit.record import record
from platforms.contract import Captioned
from platforms.errors import PlatformError, Rejected, SignInExpired, TryLater
from publishing.delivery.errands import lock_errand, move_errand, next_try
from publishing.models import CaptionTrack, TrackState

log = logging.getLogger(__name__)

LONGEST_WAIT = timedelta(days=2)
"""A day's quota begins anew within one."""
SILENT = "The worker that was adding them ended without an answer."


@dataclass(frozen=True, slots=True)
class Held:
    """Something that can be put right is in the way; it is looked at again later."""

    why: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """They are not to be added; `is_wrong`: not because nobody needs them any more."""

    why: str
    is_wrong: bool = False


Answer = Captioned | PlatformError | Held | Dropped


def settle(track_id: int, tried: int, answer: Answer) -> None:
    """Keep what came of the try with that number, unless somebody else answers for it by now."""
    with transaction.atomic():
        track, now = lock_errand(CaptionTrack, track_id, "captions"), timezone.now()
        if track.state != TrackState.SENDING or track.tries != tried:
            log.warning("An answer for captions %s came after its lease.", track_id)
        elif isinstance(answer, Captioned):
            _added(track, answer, now)
        elif isinstance(answer, Held):
            _hold(track, answer.why, now)
        elif isinstance(answer, SignInExpired):
            mark_refused(account=track.delivery.account, reason=answer.message, at=now)
            _hold(track, answer.message, now)
        elif isinstance(answer, Dropped):
            _drop(track, answer)
        elif isinstance(answer, Rejected):
            by_hand(track, answer.message)
        else:
            after = answer.after if isinstance(answer, TryLater) else None
            put_off(track, answer.message, after or timedelta(0), now)


def put_off(track: CaptionTrack, why: str, asked: timedelta, now: datetime) -> None:
    """Try again later; by hand where that was done too often, or would take too long."""
    wait = next_try(track, asked, LONGEST_WAIT)
    if wait is None:
        by_hand(track, why)
    else:
        move_errand(track, TrackState.WAITING, try_at=now + wait, detail=why)


def by_hand(track: CaptionTrack, why: str) -> None:
    """A person is to add them."""
    move_errand(track, TrackState.BY_HAND, detail=why)
    record(Event.CAPTIONS_FAILED, by=None, on=track.delivery, after={"why": why})


def _added(track: CaptionTrack, answer: Captioned, now: datetime) -> None:
    detail = "The video had captions in this language already." if answer.was_there else ""
    # After a try without an answer, what is there is what we sent.
    detail = "" if track.tries > 1 else detail
    remote_id = storable(answer.remote_id[:200])
    move_errand(track, TrackState.ADDED, done_at=now, remote_id=remote_id, detail=detail)
    after = {"remote_id": remote_id, "language": track.captions.language}
    record(Event.CAPTIONS_SENT, by=None, on=track.delivery, after=after)


def _hold(track: CaptionTrack, why: str, now: datetime) -> None:
    """What is held has not been tried."""
    again = now + timedelta(seconds=settings.HELD_RECHECK_S)
    tries = max(track.tries - 1, 0)
    move_errand(track, TrackState.WAITING, try_at=again, detail=why, tries=tries)


def _drop(track: CaptionTrack, answer: Dropped) -> None:
    move_errand(track, TrackState.DROPPED, detail=answer.why)
    if answer.is_wrong:
        record(Event.CAPTIONS_FAILED, by=None, on=track.delivery, after={"why": answer.why})
