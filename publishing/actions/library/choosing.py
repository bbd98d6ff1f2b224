"""Adding items of the library to a post."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from audit.catalogue import Event
from audit.record import record
from publishing.actions.captioning import with_known_captions
from publishing.actions.drafting import refuse_unless_editable, save_draft
from publishing.drafts import Content
from publishing.errors import Refused
from publishing.library.known import with_known_alt_texts
from publishing.locks import lock_post
from publishing.models import Draft, MediaFile, MediaItem, Post
from publishing.rights import explain_editing, refuse_unless


@transaction.atomic
def choose_from_library(*, post_id: int, item_ids: Sequence[int], revision: int, by: User) -> Draft:
    """The draft with these items at its end, each with the alt text and captions kept with it.

    What is in the post already stays where it is. Raises Refused for items that `by` does not see,
    StaleDraft, Conflict and NotAllowed.
    """
    post = lock_post(post_id)
    refuse_unless(explain_editing(by, post), "add pictures to this post")
    refuse_unless_editable(post)
    found = MediaItem.objects.visible_to(by).select_related("file").in_bulk(item_ids)
    if len(found) < len(set(item_ids)):
        raise Refused("A picture that was chosen is not in the library any more.", "items")
    content = Content.from_json(post.draft.content)
    there = _digests_in(content)
    chosen = [found[pk] for pk in item_ids if found[pk].digest not in there]
    added = [_file_for(post, item, by).pk for item in chosen]
    content = with_known_alt_texts(content.with_media(*added), added)
    content = with_known_captions(content, added, post, by)
    return save_draft(post_id=post_id, content=content, revision=revision, by=by)


def _digests_in(content: Content) -> set[str]:
    used = MediaFile.objects.filter(pk__in=[attached.media_id for attached in content.media])
    return set(used.values_list("digest", flat=True))


def _file_for(post: Post, item: MediaItem, by: User) -> MediaFile:
    """The post's own row for the same stored bytes."""
    kept = item.file
    media, is_new = MediaFile.objects.get_or_create(
        post=post,
        digest=item.digest,
        defaults={
            "kind": kept.kind,
            "content_type": kept.content_type,
            "file": kept.file.name,
            "original_name": kept.original_name,
            "size": kept.size,
            "width": kept.width,
            "height": kept.height,
            "uploaded_by": by,
        },
    )
    if is_new:
        after = {"name": media.original_name, "digest": media.digest, "kind": media.kind}
        record(Event.MEDIA_ADDED, by=by, on=post, after=after)
    return media
