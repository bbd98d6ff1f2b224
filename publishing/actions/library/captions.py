"""Captions of a video of the library: every post that takes the video begins with them."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.catalogue import Event
from audit.record import record
from platforms.contract import MediaKind
from publishing.actions.captioning import kept, taken_in
from publishing.actions.library.describing import lock_item
from publishing.captioning.length import measured
from publishing.captioning.reading import written
from publishing.drafts import Content
from publishing.errors import NotAllowed, Refused
from publishing.library.known import known_of
from publishing.library.rights import WHO_MAY_CHANGE, may_change
from publishing.models import Captions, MediaFile, MediaItem


def caption_item(*, item_id: int, file: UploadedFile, language: str, by: User) -> MediaItem:
    """Keep captions with a video; posts that have it already keep theirs.

    Raises MediaRefused, Refused and NotAllowed.
    """
    item = MediaItem.objects.select_related("file").get(pk=item_id)
    if item.file.kind != MediaKind.VIDEO:
        raise Refused("Only a video has captions.", "file")
    video = measured(item.file)
    name, cues = taken_in(file, video)
    with transaction.atomic():
        locked = _locked(item_id, by)
        captions, _ = kept(written(cues), language, name, video=video, post=None, by=by)
        return _set(locked, captions, by)


@transaction.atomic
def uncaption_item(*, item_id: int, by: User) -> MediaItem:
    """Keep none with it any more; posts keep theirs. Again is harmless. Raises NotAllowed."""
    return _set(_locked(item_id, by), None, by)


@transaction.atomic
def remember_captions(*, content: Content, by: User) -> None:
    """Keep with each video of a post the captions that it has there, where there are none yet."""
    named = {a.media_id: a.captions_id for a in content.media if a.captions_id}
    files = MediaFile.objects.in_bulk(named) if named else {}
    known = known_of(file.digest for file in files.values())
    for pk, file in files.items():
        if file.digest in known and known[file.digest].captions_id is None:
            item = lock_item(known[file.digest].pk)
            captions = Captions.objects.get(pk=named[pk])
            if item.captions_id is None:
                _set(item, captions, by)


def _locked(item_id: int, by: User) -> MediaItem:
    item = lock_item(item_id)
    if not may_change(by, item):
        raise NotAllowed(WHO_MAY_CHANGE)
    return item


def _set(item: MediaItem, captions: Captions | None, by: User) -> MediaItem:
    before, after = _told(item.captions), _told(captions)
    if before != after:
        item.captions, item.changed_at = captions, timezone.now()
        item.save(update_fields=["captions", "changed_at"])
        record(Event.MEDIA_DESCRIBED, by=by, on=item, before=before, after=after)
    return item


def _told(captions: Captions | None) -> dict[str, str]:
    if captions is None:
        return {"captions": ""}
    return {"captions": f"{captions.original_name}, {captions.language}, {captions.digest}"}
