"""Starting a post, and saving its draft as it is typed."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone

from accounts.access import explain
from accounts.models import StrategicAim, User
from accounts.permissions import Permission
from accounts.reach import accounts_within_reach
from audit.catalogue import Event
from audit.record import record
from pages.local_time import in_words
from publishing.drafts import Content
from publishing.errors import Conflict, NotAllowed, Refused, StaleDraft
from publishing.locks import lock_post
from publishing.models import Campaign, Draft, MediaFile, Post, PostState
from publishing.rights import explain_editing, refuse_unless

EDITABLE = frozenset({PostState.DRAFT, PostState.CHANGES_REQUESTED})
"""States in which the draft may be saved; from the others a post is taken back first."""


@transaction.atomic
def start_post(*, by: User, content: Content | None = None, key: uuid.UUID | None = None) -> Post:
    """A new draft by `by`; with a `key` that was used before, the post that it made.

    Raises NotAllowed for somebody who may write nowhere, or names an account that is not theirs.
    """
    typed = content or Content()
    refuse_unless(explain(by, Permission.WRITE_POST), "write posts")
    _refuse_foreign_accounts(by, set(typed.account_ids))
    _refuse_what_cannot_be_chosen(typed, Content())
    post, is_new = Post.objects.get_or_create(
        key=key or uuid.uuid4(),
        defaults={
            "author": by,
            "service_area_id": by.service_area_id,
            "title": typed.heading[:100],
        },
    )
    if not is_new:
        if post.author_id != by.pk:
            raise Refused("This form was used before. Start a new post.")
        return post
    # Files belong to a post: there can be none before it is there.
    Draft.objects.create(post=post, content=_without_media(typed).to_json(), saved_by=by)
    record(Event.POST_DRAFTED, by=by, on=post)
    return post


@transaction.atomic
def save_draft(*, post_id: int, content: Content, revision: int, by: User) -> Draft:
    """Keep what was typed, and return the draft with its new revision.

    The same content again changes nothing, whatever the revision: a second click is harmless.
    Raises StaleDraft where somebody, or another tab, saved since that revision, Conflict where the
    post is on its way to approval or further, and NotAllowed.
    """
    post = lock_post(post_id)
    refuse_unless(explain_editing(by, post), "edit this post")
    draft = post.draft
    kept = Content.from_json(draft.content)
    if content == kept:
        return draft
    refuse_unless_editable(post)
    if revision != draft.revision:
        raise StaleDraft(
            f"{_who_saved(draft, by)} saved this draft on {in_words(draft.saved_at)}, after you "
            "opened it. Nothing that you typed is lost: see both below.",
            draft,
        )
    _refuse_foreign_accounts(by, set(content.account_ids) - set(kept.account_ids))
    _refuse_what_cannot_be_chosen(content, kept)
    _refuse_foreign_media(post, content)
    return _keep(post, draft, content, by)


def refuse_unless_editable(post: Post) -> None:
    """Raise Conflict unless the draft of the locked post may be saved in its state."""
    if post.state not in EDITABLE:
        raise Conflict(
            f"This post is “{PostState(post.state).label}” since {in_words(post.changed_at)}. "
            "Take it back before you change it."
        )


def _keep(post: Post, draft: Draft, content: Content, by: User) -> Draft:
    now = timezone.now()
    draft.content = content.to_json()
    draft.revision += 1
    draft.saved_at = now
    draft.saved_by = by
    draft.save()
    post.title = content.heading[:100]
    post.changed_at = now
    if post.version is None:
        post.due_at = now
    post.save(update_fields=["title", "changed_at", "due_at"])
    return draft


def _refuse_foreign_accounts(by: User, added: set[int]) -> None:
    if not added:
        return
    within = (
        accounts_within_reach(by, Permission.WRITE_POST).live().publishable().filter(pk__in=added)
    )
    if within.count() != len(added):
        raise NotAllowed("Choose only accounts from the list: you may not write for the others.")


def _refuse_what_cannot_be_chosen(content: Content, kept: Content) -> None:
    """What the draft has already may stay, closed or out of use as it may be by now."""
    campaign, aim = content.campaign_id, content.aim_id
    open_ones, in_use = Campaign.objects.open(), StrategicAim.objects.in_use()
    if campaign not in (None, kept.campaign_id) and not open_ones.filter(pk=campaign).exists():
        raise Refused("That campaign is closed. Choose another one.", "campaign")
    if aim not in (None, kept.aim_id) and not in_use.filter(pk=aim).exists():
        raise Refused("That aim is not in use any more. Choose another one.", "aim")


def _refuse_foreign_media(post: Post, content: Content) -> None:
    wanted = {attached.media_id for attached in content.media}
    if len(wanted) != len(content.media):
        raise Refused("A picture can be in a post only once.", "pictures")
    if wanted and MediaFile.objects.usable_in(post).filter(pk__in=wanted).count() != len(wanted):
        raise Refused("A picture that was named does not belong to this post.", "pictures")
    _refuse_foreign_captions(post, content)


def _refuse_foreign_captions(post: Post, content: Content) -> None:
    """Captions go with the video that they were made for, in the post they were uploaded for."""
    named = {each.media_id: each.captions_id for each in content.media if each.captions_id}
    if not named:
        return
    videos = MediaFile.objects.in_bulk(named)
    made_for = dict(post.captions.filter(pk__in=named.values()).values_list("pk", "video_digest"))
    for media_id, captions_id in named.items():
        if made_for.get(captions_id) != videos[media_id].digest:
            raise Refused("Captions that were named are not those of this video.", "pictures")


def _without_media(content: Content) -> Content:
    for attached in content.media:
        content = content.without_media(attached.media_id)
    return content


def _who_saved(draft: Draft, by: User) -> str:
    return "You, in another tab," if draft.saved_by_id == by.pk else draft.saved_by.name
