"""Taking a live post off every account, and removing by hand what no program can remove."""

from __future__ import annotations

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from platforms.contract import MediaKind
from publishing.actions.voiding import CANCELLABLE
from publishing.delivery.errands import lock_errand, move_errand
from publishing.delivery.moves import move, move_all
from publishing.errors import Conflict, MediaRefused, Refused
from publishing.locks import lock_deliveries, lock_post
from publishing.media.intake import clean
from publishing.models import (
    DeliveryState,
    Post,
    Removal,
    RemovalState,
    Takedown,
    TakedownReason,
)
from publishing.outcomes import post_state_after
from publishing.takedown import engine
from publishing.takedown.finishing import finish
from publishing.takedown.opening import MAY_BE_LIVE, open_takedown
from publishing.takedown.removing import why_by_hand
from uploads.store import digest_of_file

LENGTH = 1000
LIVE = (DeliveryState.PUBLISHED, *MAY_BE_LIVE)
CANCELLED_BECAUSE = "The post is being taken down."


@transaction.atomic
def take_down(*, post_id: int, kind: TakedownReason, reason: str, by: User) -> Takedown:
    """Take a post off every account on which it is live; what still waits is cancelled at once.

    What is being sent, or of unknown outcome, is removed as soon as it turns out to be live. Asking
    again adds nothing to the takedown that is open. Raises NotAllowed, Refused (no reason) and
    Conflict (nothing of it is live).
    """
    post = lock_post(post_id)
    demand(by, Permission.TAKE_DOWN_POST, on=post)
    why = reason.strip()[:LENGTH]
    if not why:
        raise Refused("Say why the post is taken down", field="reason")
    if open_one := Takedown.objects.filter(post=post, finished_at=None).first():
        return open_one
    deliveries = lock_deliveries(post)
    if not any(each.state in LIVE for each in deliveries):
        raise Conflict("Nothing of this post is live any more, so there is nothing to take down.")
    waiting = [each for each in deliveries if each.state in CANCELLABLE]
    move_all(waiting, DeliveryState.CANCELLED, timezone.now(), reason=CANCELLED_BECAUSE)
    for delivery in waiting:
        record(Event.DELIVERY_CANCELLED, by=by, on=delivery, reason=CANCELLED_BECAUSE)
    post_state_after(post)
    takedown = open_takedown(post=post, kind=kind, reason=why, by=by)
    if takedown is None:
        raise Conflict("All of this post is taken down already.")
    return takedown


@transaction.atomic
def confirm_removed(
    *, removal_id: int, note: str, by: User, picture: UploadedFile | None = None
) -> None:
    """Keep that `by` removed it by hand, with the proof: words, a picture, or both.

    Raises NotAllowed, Refused (no proof, or a picture that cannot be used) and Conflict.
    """
    removal = _waiting_for_a_person(removal_id, by)
    words, now = note.strip()[:LENGTH], timezone.now()
    if not words and picture is None:
        raise Refused("Say what you saw once it was removed, or add a picture of it", field="note")
    if picture is not None:
        _keep_proof(removal, picture)
    move_errand(
        removal,
        RemovalState.REMOVED_BY_HAND,
        done_at=now,
        done_by=by,
        proof_note=words,
        proof=removal.proof,
        proof_digest=removal.proof_digest,
    )
    move(removal.delivery, DeliveryState.TAKEN_DOWN, now)
    proof = " and ".join(filter(None, (words, "a picture" if picture else "")))
    after = {"proof": proof, "picture": removal.proof_digest}
    record(Event.REMOVAL_BY_HAND_DONE, by=by, on=removal.delivery, after=after)
    finish(removal.delivery.post, now)


@transaction.atomic
def remove_again(*, removal_id: int, by: User) -> None:
    """Let the service try again what it could not remove.

    Raises NotAllowed, and Conflict where no program can remove it, or nobody is asked any more.
    """
    removal = _waiting_for_a_person(removal_id, by)
    if why := why_by_hand(removal.delivery):
        raise Conflict(f"It cannot be tried again. {why}")
    move_errand(removal, RemovalState.WAITING, try_at=timezone.now(), tries=0)
    record(Event.REMOVAL_TRIED_AGAIN, by=by, on=removal.delivery)
    transaction.on_commit(engine.wake)


def can_be_taken_down(post: Post) -> bool:
    """Whether something of it is live, or may be, and nobody has asked for its end yet."""
    if Takedown.objects.filter(post=post, finished_at=None).exists():
        return False
    return post.deliveries.filter(state__in=LIVE).exists()


def _waiting_for_a_person(removal_id: int, by: User) -> Removal:
    removal = lock_errand(Removal, removal_id, "takedown")
    demand(by, Permission.TAKE_DOWN_POST, on=removal.delivery)
    if removal.state != RemovalState.BY_HAND:
        raise Conflict("It has been removed, or is being removed, in the meantime.")
    return removal


def _keep_proof(removal: Removal, picture: UploadedFile) -> None:
    """The picture made again, as every upload is, under its digest."""
    try:
        with clean(picture) as made:
            if made.kind is not MediaKind.PICTURE:
                raise Refused("Use a picture, not a video", field="picture")
            removal.proof_digest = digest_of_file(made.content)
            removal.proof.save(f"proof.{made.extension}", File(made.content), save=False)
    except MediaRefused as refusal:
        raise Refused(refusal.message, field="picture") from None
