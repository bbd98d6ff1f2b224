"""Captions that no program could add: a person adds them, or lets the service try again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from publishing.captioning import engine
from publishing.captioning.adding import why_by_hand
from publishing.delivery.errands import lock_errand, move_errand
from publishing.errors import Conflict
from publishing.models import CaptionTrack, TrackState


@transaction.atomic
def confirm_captioned(*, track_id: int, by: User) -> None:
    """Keep that `by` added them by hand. Raises NotAllowed and Conflict."""
    track = _waiting_for_a_person(track_id, by)
    move_errand(track, TrackState.ADDED_BY_HAND, done_at=timezone.now(), done_by=by)
    record(Event.CAPTIONS_ADDED_BY_HAND, by=by, on=track.delivery)


@transaction.atomic
def caption_again(*, track_id: int, by: User) -> None:
    """Let the service try again. Raises NotAllowed, and Conflict where no program can."""
    track = _waiting_for_a_person(track_id, by)
    if why := why_by_hand(track):
        raise Conflict(f"It cannot be tried again. {why}")
    move_errand(track, TrackState.WAITING, try_at=timezone.now(), tries=0)
    record(Event.CAPTIONS_TRIED_AGAIN, by=by, on=track.delivery)
    transaction.on_commit(engine.wake)


def _waiting_for_a_person(track_id: int, by: User) -> CaptionTrack:
    track = lock_errand(CaptionTrack, track_id, "captions")
    demand(by, Permission.SETTLE_DELIVERY, on=track.delivery)
    if track.state != TrackState.BY_HAND:
        raise Conflict("They have been added, or are being added, in the meantime.")
    return track
