"""Asking for a live post to be taken down: one open takedown for each post."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from audit.catalogue import Event
from audit.record import record
from publishing.locks import lock_deliveries, lock_post
from publishing.models import (
    Consent,
    Delivery,
    DeliveryState,
    Post,
    Removal,
    Takedown,
    TakedownReason,
)
from publishing.takedown import engine

MAY_BE_LIVE = (DeliveryState.SENDING, DeliveryState.UNKNOWN)
"""A platform may have it already; what turns out to be live is added to the takedown."""


@transaction.atomic
def open_takedown(
    *,
    post: Post,
    kind: TakedownReason,
    reason: str,
    by: User,
    consent: Consent | None = None,
) -> Takedown | None:
    """The post's open takedown, with a removal for each of its live deliveries.

    Where one is open already, it stands, and gets removals of what went live since. Asking again
    is harmless. None, and nothing made, where nothing is live, or may be, that is not being
    removed already. Whether `by` may ask is for the caller to say.
    """
    locked = lock_post(post.pk)
    deliveries = lock_deliveries(locked)
    missing = _live_and_not_asked_for(deliveries)
    in_doubt = [each for each in deliveries if each.state in MAY_BE_LIVE]
    takedown = Takedown.objects.filter(post=locked, finished_at=None).first()
    if not missing and (takedown or not in_doubt):
        return takedown
    if takedown is None:
        takedown = Takedown.objects.create(
            post=locked, kind=kind, reason=reason, consent=consent, asked_by=by
        )
    Removal.objects.bulk_create(
        Removal(takedown=takedown, delivery=delivery) for delivery in missing
    )
    record(
        Event.POST_TAKEDOWN_ASKED,
        by=by,
        on=locked,
        after={"kind": kind, "accounts": [str(each.account) for each in missing or in_doubt]},
        reason=reason,
    )
    transaction.on_commit(engine.wake)
    return takedown


def _live_and_not_asked_for(deliveries: list[Delivery]) -> list[Delivery]:
    live = [each for each in deliveries if each.state == DeliveryState.PUBLISHED]
    asked = set(Removal.objects.filter(delivery__in=live).values_list("delivery", flat=True))
    return [delivery for delivery in live if delivery.pk not in asked]
