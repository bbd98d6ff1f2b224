"""What a stop holds, or held, and what becomes of it when the stop is released."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import Exists, Q
from django.utils import timezone

from accounts.models import SocialAccount
from publishing.delivery.locking import lock_deliveries
from publishing.delivery.settle import missed_all
from publishing.delivery.why_stopped import overdue_after_a_stop
from publishing.models import Delivery, DeliveryState, Post, Stop
from publishing.models.deliveries import DeliveryQuerySet

NOT_SENT_YET = (DeliveryState.WAITING, DeliveryState.HELD)
AT_ONCE = 100


def held_by(stop: Stop) -> DeliveryQuerySet:
    """Deliveries whose time came while the stop held them: not sent, or missed because of it."""
    until = stop.released_at or timezone.now()
    this = Stop.objects.filter(pk=stop.pk).holding()
    missed_since = Q(state=DeliveryState.MISSED, changed_at__gte=stop.placed_at)
    return Delivery.objects.filter(
        Q(state__in=NOT_SENT_YET) | missed_since, Exists(this), due_at__lte=until
    ).order_by("due_at", "pk")


def miss_what_was_held(stop: Stop) -> int:
    """Mark what the released stop held past its time; how many there were.

    Some at a time, each time in a transaction of its own: what is left out if this dies, the gate
    refuses. What another stop still holds stays held by that.
    """
    still = Stop.objects.in_force().holding()
    held = held_by(stop).filter(state__in=NOT_SENT_YET).exclude(Exists(still))
    keys = list(held.order_by("post_id", "pk").values_list("pk", flat=True))
    chunks = (keys[first : first + AT_ONCE] for first in range(0, len(keys), AT_ONCE))
    return sum(_miss(chunk, stop) for chunk in chunks)


@transaction.atomic
def _miss(keys: Collection[int], stop: Stop) -> int:
    overdue = [each for each in lock_deliveries(keys) if each.state in NOT_SENT_YET]
    missed_all(overdue, overdue_after_a_stop(stop.in_words), timezone.now())
    return len(overdue)


def look_again_soon(accounts: Collection[SocialAccount], posts: Collection[Post]) -> None:
    """What is held for these is looked at in the next round, not only after a pause."""
    mine = Q(account__in=accounts) | Q(post__in=posts)
    held = Delivery.objects.filter(mine, state=DeliveryState.HELD)
    held.update(try_at=timezone.now())
