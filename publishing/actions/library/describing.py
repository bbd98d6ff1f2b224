"""Saying what an item of the library is, and whether people can be recognised in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.catalogue import Event
from audit.record import record
from publishing.drafts import Content
from publishing.errors import Conflict, NotAllowed, Refused
from publishing.library.known import meet, unknown_alt_texts
from publishing.library.rights import WHO_MAY_CHANGE, may_change, may_say_who_is_shown
from publishing.models import MediaFile, MediaItem, People

FACTS = (
    "title", "alt_text", "keywords", "licence", "licence_ends_on", "source", "credit", "people",
    "service_area",
)  # fmt: skip
"""What `describe` may change."""


@transaction.atomic
def describe(*, item_id: int, facts: Mapping[str, Any], seen: str, by: User) -> MediaItem:
    """Change some of `FACTS`; `seen` is `state_of` the item when the form was opened.

    The same again changes nothing. Raises Conflict where somebody changed it since, Refused and
    NotAllowed.
    """
    item = lock_item(item_id)
    if not may_change(by, item):
        raise NotAllowed(WHO_MAY_CHANGE)
    changed = {name: facts[name] for name in FACTS if getattr(item, name) != facts[name]}
    if not changed:
        return item
    if seen != state_of(item):
        raise Conflict("Somebody changed this picture since you opened it. Look at it again.")
    if "people" in changed:
        _refuse_answer(by, item)
    _change(item, changed, by)
    return item


@transaction.atomic
def say_who_is_shown(*, media_id: int, people: People, by: User) -> MediaItem:
    """The answer for the bytes of one file, wherever they are used. Saying it again is harmless.

    Raises NotAllowed for a file that `by` may not see, and for an answer that is not theirs.
    """
    media = MediaFile.objects.visible_to(by).filter(pk=media_id).first()
    if media is None:
        raise NotAllowed("You do not have this picture.")
    item = lock_item(meet(media, by=by)[0].pk)
    if item.people != people:
        _refuse_answer(by, item)
        _change(item, {"people": people}, by)
    return item


@transaction.atomic
def remember_alt_texts(*, content: Content, by: User) -> None:
    """Keep with each picture of a post the alt text that it has there, where there is none yet."""
    for digest, text in unknown_alt_texts(content.media).items():
        item = lock_item(MediaItem.objects.values_list("pk", flat=True).get(digest=digest))
        if not item.alt_text:
            _change(item, {"alt_text": text[:1500]}, by)


def lock_item(pk: int) -> MediaItem:
    """The item, locked until the transaction ends. Raises MediaItem.DoesNotExist."""
    return MediaItem.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def state_of(item: MediaItem) -> str:
    """Stands for the item as it is now, in a form."""
    return item.changed_at.isoformat()


def _refuse_answer(by: User, item: MediaItem) -> None:
    if may_say_who_is_shown(by, item):
        return
    if item.consents.exists():
        raise Refused(
            "It is recorded why people in it may be shown. Only who keeps the media library can"
            " say that nobody can be recognised.",
            "people",
        )
    raise NotAllowed(WHO_MAY_CHANGE)


def _change(item: MediaItem, changed: Mapping[str, Any], by: User) -> None:
    before = {name: _plain(getattr(item, name)) for name in changed}
    for name, value in changed.items():
        setattr(item, name, value)
    item.changed_at = timezone.now()
    item.save()
    after = {name: _plain(value) for name, value in changed.items()}
    record(Event.MEDIA_DESCRIBED, by=by, on=item, before=before, after=after)


def _plain(value: object) -> str:
    return "" if value is None else str(value)
