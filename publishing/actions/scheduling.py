"""When a post goes out: its deliveries; and missed slots.

A post whose time passed before it was approved needs a new time. It is never sent at once instead:
what was right for nine o'clock may be wrong at noon.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.catalogue import Event
from audit.record import record
from pages.local_time import in_words
from publishing.locks import lock_post, move_to
from publishing.models import UNDECIDED, Delivery, Post, PostState, Version

AT_ONCE = 200
"""How many missed slots are looked at in one go: a sweep never takes long."""


def make_deliveries(version: Version) -> list[Delivery]:
    """The deliveries of an approved version, one for each account, due at its time or now.

    Those that are there already stay as they are. Call it under the post's lock.
    """
    due = version.publish_at or timezone.now()
    there = set(version.deliveries.values_list("account_id", flat=True))
    for account in version.governed_accounts():
        if account.pk not in there:
            Delivery.objects.create(
                post_id=version.post_id, version=version, account=account, due_at=due, try_at=due
            )
    return list(version.deliveries.select_related("account"))


def miss_overdue(now: datetime) -> int:
    """Mark every undecided post whose time has passed; the answer is how many there were.

    Each in a transaction of its own. Called by the sweep.
    """
    overdue = (
        Post.objects.filter(state__in=UNDECIDED, publish_at__lte=now)
        .order_by("publish_at")
        .values_list("pk", flat=True)[:AT_ONCE]
    )
    return sum(_miss_if_still_overdue(pk, now) for pk in list(overdue))


@transaction.atomic
def _miss_if_still_overdue(pk: int, now: datetime) -> bool:
    post = lock_post(pk)
    overdue = post.state in UNDECIDED and post.publish_at is not None and post.publish_at <= now
    if overdue:
        miss_slot(post, by=None)
    return overdue


def miss_slot(post: Post, *, by: User | None) -> None:
    """Mark a locked post; `by` is whoever came too late with an approval, or None for the clock."""
    move_to(post, PostState.MISSED_SLOT)
    # The list of missed slots is in the order of their times: `changed_at` stays what was edited.
    post.save(update_fields=["state"])
    due = {"due_at": in_words(post.publish_at)} if post.publish_at else {}
    record(Event.POST_MISSED_SLOT, by=by, on=post, after=due)
