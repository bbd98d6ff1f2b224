"""A person's answers: "Is it live?", and "Try again" for what a platform rejected."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from platforms.contract import Sent
from publishing.delivery.locking import lock_delivery
from publishing.delivery.moves import move, without_publishing, write
from publishing.delivery.settle import published
from publishing.errors import Conflict, Refused
from publishing.locks import move_to
from publishing.models import Delivery, DeliveryState, Post, PostState
from publishing.outcomes import post_state_after

ANSWERED = "Somebody else has answered, or it has been found, in the meantime."


@transaction.atomic
def confirm_live(*, delivery_id: int, address: str, by: User) -> None:
    """Keep that `by` saw the post on the platform, at `address`.

    Raises NotAllowed, Refused (no address of a page) and Conflict (not asked any more).
    """
    delivery = _asked(delivery_id, by)
    parts = urlsplit(address.strip())
    if parts.scheme not in ("http", "https") or not parts.netloc or len(address) > 500:
        raise Refused("Enter the address of the post, such as https://…", field="address")
    sent = Sent(remote_id=delivery.remote_id, url=address.strip(), text="")
    published(delivery, sent, timezone.now(), Event.DELIVERY_CONFIRMED_LIVE, by)


@transaction.atomic
def send_again(*, delivery_id: int, by: User) -> None:
    """Keep that `by` looked and the post is not live; it is sent again, through the gate.

    Raises NotAllowed and Conflict.
    """
    delivery = _asked(delivery_id, by)
    now = timezone.now()
    move(
        delivery,
        DeliveryState.WAITING,
        now,
        due_at=now,
        try_at=now,
        resume=without_publishing(delivery.resume),
        reason=f"{by.name} looked: it is not live, so it is sent again.",
    )
    record(Event.DELIVERY_CONFIRMED_NOT_LIVE, by=by, on=delivery, after={"then": "send again"})


@transaction.atomic
def give_up(*, delivery_id: int, by: User) -> None:
    """Keep that `by` looked and the post is not live; it is not sent any more.

    Raises NotAllowed and Conflict.
    """
    delivery = _asked(delivery_id, by)
    reason = f"{by.name} looked: it is not live, and is not to be sent again."
    move(delivery, DeliveryState.CANCELLED, timezone.now(), reason=reason)
    record(Event.DELIVERY_CONFIRMED_NOT_LIVE, by=by, on=delivery, after={"then": "cancel"})
    post_state_after(delivery.post)


@transaction.atomic
def look_once_more(*, delivery_id: int, by: User) -> None:
    """Let the engine read back again instead of answering. Raises NotAllowed and Conflict."""
    delivery = _asked(delivery_id, by)
    now = timezone.now()
    write(delivery, asks_person=False, absent_since=None, read_backs=0, try_at=now)
    record(Event.DELIVERY_LOOKED_FOR_AGAIN, by=by, on=delivery)


@transaction.atomic
def try_again(*, delivery_id: int, by: User) -> None:
    """Send once more, as it was approved, what was rejected; now, whatever its time was.

    Raises NotAllowed, and Conflict when the version is not the newest any more.
    """
    delivery = _locked(delivery_id, by)
    if delivery.state != DeliveryState.REJECTED:
        raise Conflict("It is not waiting for you to try again any more.")
    if delivery.post.version_id != delivery.version_id:
        raise Conflict("The post has been changed since. Its newest version has its own results.")
    _approved_again(delivery.post)
    now = timezone.now()
    before = {"why": delivery.reason}
    reason = f"{by.name} asked for it to be sent again."
    move(delivery, DeliveryState.WAITING, now, due_at=now, try_at=now, reason=reason)
    record(Event.DELIVERY_RESENT, by=by, on=delivery, before=before)


def _approved_again(post: Post) -> None:
    """A post that had failed is on its way again, with the approval it has."""
    if post.state in (PostState.APPROVED, PostState.SCHEDULED):
        return
    if post.state not in (PostState.FAILED, PostState.PART_PUBLISHED):
        raise Conflict("The post is not approved any more.")
    move_to(post, PostState.APPROVED)
    Post.objects.filter(pk=post.pk).update(state=post.state, changed_at=timezone.now())


def _asked(delivery_id: int, by: User) -> Delivery:
    delivery = _locked(delivery_id, by)
    if delivery.state != DeliveryState.UNKNOWN or not delivery.asks_person:
        raise Conflict(ANSWERED)
    return delivery


def _locked(delivery_id: int, by: User) -> Delivery:
    delivery = lock_delivery(delivery_id)
    demand(by, Permission.SETTLE_DELIVERY, on=delivery)
    return delivery
