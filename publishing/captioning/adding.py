"""Adding the captions of one video: look at everything again, tell the platform, settle.

The claim came before (:mod:`publishing.captioning.engine`). No lock and no transaction is held
while the platform is asked. Captions leave only as they were approved with their video.
"""

from __future__ import annotations

import logging

from django.db import transaction

from accounts.connection.adapters import captioner_of
from accounts.obstacles import obstacles
from platforms.contract import Captioned, CaptionFile
from platforms.errors import OutcomeUnknown, PlatformError, Rejected
from publishing.captioning.settling import Answer, Dropped, Held, settle
from publishing.delivery.errands import lock_errand, tell_circuit
from publishing.delivery.locking import Locked
from publishing.delivery.why_stopped import why_stopped
from publishing.digest import digest_of
from publishing.models import (
    Approval,
    CaptionTrack,
    Decision,
    DeliveryState,
    Emergency,
    TrackState,
    Version,
)

log = logging.getLogger(__name__)

NOT_THERE = "The video is being taken down, or is not there any more."
TAMPERED = "What is stored is not what was approved, so nothing was added."


def add_captions(track_id: int) -> None:
    """Add what a round has claimed; nothing happens if it is settled by now."""
    with transaction.atomic():
        track = _claimed(track_id)
        in_the_way = _in_the_way(track) if track else None
    if track is None:
        return
    answer = in_the_way or _call(track)
    settle(track.pk, track.tries, answer)
    tell_circuit(track.delivery.account.platform, answer)


def why_by_hand(track: CaptionTrack) -> str:
    """Why no program can add them; empty where one can."""
    delivery = track.delivery
    if not delivery.account.platform_facts.takes_captions:
        return f"{delivery.account.platform_name} lets no program add captions."
    if not delivery.remote_id:
        name = delivery.account.platform_name
        return f"We know where the video is, but not its number at {name}."
    return ""


def _claimed(track_id: int) -> CaptionTrack | None:
    if not CaptionTrack.objects.filter(pk=track_id, state=TrackState.SENDING).exists():
        return None
    track = lock_errand(CaptionTrack, track_id, "captions")
    return track if track.state == TrackState.SENDING else None


def _in_the_way(track: CaptionTrack) -> Answer | None:
    """Everything that is asked again at the moment of sending."""
    delivery: Locked = track.delivery  # type: ignore[assignment]
    if delivery.state != DeliveryState.PUBLISHED or delivery.is_being_taken_down:
        return Dropped(NOT_THERE)
    if not _is_what_was_approved(track):
        return Dropped(TAMPERED, is_wrong=True)
    if why := why_by_hand(track):
        return Rejected(why)
    if delivery.is_stopped:
        return Held(why_stopped([delivery]).get(delivery.pk) or "Delivery is stopped.")
    if found := obstacles(delivery.account):
        return Held(" ".join(missing.what for missing in found))
    return None


def _is_what_was_approved(track: CaptionTrack) -> bool:
    version = track.delivery.version
    if digest_of(version) != version.digest or version.digest not in _bound(version):
        return False
    return version.media.filter(captions=track.captions_id).exists()


def _bound(version: Version) -> set[str]:
    """The digests that somebody approved, or let go in an emergency."""
    approved = Approval.objects.filter(version=version, decision=Decision.APPROVED)
    let_go = Emergency.objects.filter(version=version)
    return {*approved.values_list("digest", flat=True), *let_go.values_list("digest", flat=True)}


def _call(track: CaptionTrack) -> Captioned | PlatformError:
    delivery, captions = track.delivery, track.captions
    file = CaptionFile(captions.language, captions.text.encode())
    try:
        return captioner_of(delivery.account).add_captions(delivery.remote_id, file)
    except PlatformError as error:
        return error
    except Exception:
        log.exception("Adding captions to delivery %s failed in an unforeseen way.", delivery.pk)
        return OutcomeUnknown("Something unforeseen went wrong while they were being added.")
