"""Putting an item into the library for everybody who writes, and taking it out again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.catalogue import Event
from audit.record import record
from publishing.actions.library.describing import lock_item
from publishing.errors import NotAllowed
from publishing.library.rights import WHO_MAY_CHANGE, may_change
from publishing.models import MediaItem


@transaction.atomic
def share(*, item_id: int, by: User) -> MediaItem:
    """Show it to everybody who writes. Sharing again is harmless. Raises NotAllowed."""
    item = _locked(item_id, by)
    if not item.is_shared:
        _set(item, is_shared=True)
        record(Event.MEDIA_SHARED, by=by, on=item)
    return item


@transaction.atomic
def take_out(*, item_id: int, by: User) -> MediaItem:
    """Show it no more in the library; posts that use it keep it. Taking out again is harmless.

    Raises NotAllowed.
    """
    item = _locked(item_id, by)
    if item.is_shared:
        _set(item, is_shared=False)
        record(Event.MEDIA_ARCHIVED, by=by, on=item)
    return item


def _locked(item_id: int, by: User) -> MediaItem:
    item = lock_item(item_id)
    if not may_change(by, item):
        raise NotAllowed(WHO_MAY_CHANGE)
    return item


def _set(item: MediaItem, *, is_shared: bool) -> None:
    now = timezone.now()
    item.is_shared, item.archived_at, item.changed_at = is_shared, None if is_shared else now, now
    item.save(update_fields=["is_shared", "archived_at", "changed_at"])
