"""Beginning a post as a copy of another."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import replace

from django.db import transaction

from accounts.models import StrategicAim, User
from accounts.permissions import Permission
from accounts.reach import accounts_within_reach
from audit.catalogue import Event
from audit.record import record
from publishing.actions.captioning import copied
from publishing.actions.drafting import save_draft, start_post
from publishing.delivery.left_out import left_out
from publishing.drafts import Attached, Content
from publishing.locks import lock_post
from publishing.models import Campaign, Captions, MediaFile, Post


@transaction.atomic
def duplicate(*, post_id: int, by: User, key: uuid.UUID, only_left_out: bool = False) -> Post:
    """A new draft by `by` with the words and pictures of a post that they may read.

    It has no time, no note, and of the accounts those that `by` may write for; `only_left_out`: of
    those that got nothing of it. With a key that was used before, it is the post that was made
    then. Raises Post.DoesNotExist and NotAllowed.
    """
    # Under its lock, so that of two clicks the second finds what the first has made.
    original = lock_post(Post.objects.visible_to(by).values_list("pk", flat=True).get(pk=post_id))
    if made := Post.objects.filter(key=key, author=by).first():
        return made
    content = _for_another_day(content_of(original), by)
    if only_left_out:
        content = _for_accounts(content, {each.account_id for each in left_out(original)})
    post = start_post(by=by, content=content, key=key)
    media = tuple(taken_along(content.media, post, by))
    save_draft(
        post_id=post.pk,
        content=replace(content, media=media),
        revision=post.draft.revision,
        by=by,
    )
    record(Event.POST_DUPLICATED, by=by, on=post, after={"copied": str(original)})
    return Post.objects.get(pk=post.pk)


def content_of(post: Post) -> Content:
    """What a post says: its newest version, or the draft of one that was never sent."""
    return (
        Content.of_version(post.version) if post.version else Content.from_json(post.draft.content)
    )


def _for_accounts(content: Content, wanted: Collection[int]) -> Content:
    return replace(
        content,
        account_ids=tuple(pk for pk in content.account_ids if pk in wanted),
        own_texts=tuple((pk, text) for pk, text in content.own_texts if pk in wanted),
    )


def _for_another_day(content: Content, by: User) -> Content:
    within = accounts_within_reach(by, Permission.WRITE_POST).live().publishable()
    writable = set(within.filter(pk__in=content.account_ids).values_list("pk", flat=True))
    campaigns = Campaign.objects.open().filter(pk=content.campaign_id or 0)
    aims = StrategicAim.objects.in_use().filter(pk=content.aim_id or 0)
    return replace(
        content,
        account_ids=tuple(pk for pk in content.account_ids if pk in writable),
        own_texts=tuple((pk, text) for pk, text in content.own_texts if pk in writable),
        campaign_id=content.campaign_id if campaigns.exists() else None,
        aim_id=content.aim_id if aims.exists() else None,
        publish_on="",
        publish_time="",
        publish_fold="",
        note="",
    )


def taken_along(media: tuple[Attached, ...], post: Post, by: User) -> list[Attached]:
    """Each file once more, as one of the new post: the same bytes, which are kept only once."""
    files = MediaFile.objects.in_bulk([attached.media_id for attached in media])
    known = Captions.objects.in_bulk([each.captions_id for each in media if each.captions_id])
    taken = []
    for attached in media:
        if file := files.get(attached.media_id):
            file.pk, file.post, file.uploaded_by = None, post, by
            file._state.adding = True
            file.save()
            captions = known.get(attached.captions_id or 0)
            spoken = copied(captions, post, by).pk if captions else None
            taken.append(Attached(file.pk, attached.alt_text, spoken))
    return taken
