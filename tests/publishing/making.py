"""Posts for tests, made with the actions that people use."""

from __future__ import annotations

import io
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.models import SocialAccount, User
from pages.local_time import in_words_for_form
from publishing.actions.attaching import attach
from publishing.actions.deciding import approve
from publishing.actions.drafting import save_draft, start_post
from publishing.actions.library.describing import say_who_is_shown
from publishing.actions.submitting import submit
from publishing.drafts import Attached, Content
from publishing.errors import AnswersNeeded
from publishing.models import MediaFile, MediaItem, People, Post, Version


def content(*accounts: SocialAccount, at: datetime | None = None, **fields: Any) -> Content:
    """Something that passes every check, for these accounts."""
    on, clock, fold = in_words_for_form(at)
    given = {
        "title": "Library hours",
        "text": "The library is open until eight tonight.",
        "account_ids": tuple(account.pk for account in accounts),
        "publish_on": on,
        "publish_time": clock,
        "publish_fold": fold,
    }
    return Content(**{**given, **fields})


def drafted(by: User, *accounts: SocialAccount, **fields: Any) -> Post:
    return fresh(start_post(by=by, content=content(*accounts, **fields)))


def submitted(by: User, *accounts: SocialAccount, **fields: Any) -> Post:
    return sent(drafted(by, *accounts, **fields), by)


def sent(post: Post, by: User, answer: str = "It is meant so.") -> Post:
    """Sent for approval as it is, with the same answer to all that the checks find."""
    revision = fresh(post).draft.revision
    try:
        return fresh(submit(post_id=post.pk, revision=revision, by=by))
    except AnswersNeeded as asked:
        answers = {finding.key: answer for finding in asked.findings}
        return fresh(submit(post_id=post.pk, revision=revision, by=by, answers=answers))


def approved(by: User, approver: User, *accounts: SocialAccount, **fields: Any) -> Post:
    return decided(submitted(by, *accounts, **fields), approver)


def decided(post: Post, approver: User) -> Post:
    version = newest(post)
    return fresh(approve(version_id=version.pk, digest=version.digest, by=approver))


def edited(post: Post, by: User, **fields: Any) -> Post:
    """The same draft with some fields changed, saved by `by`."""
    draft = fresh(post).draft
    changed = Content.from_json({**draft.content, **fields})
    save_draft(post_id=post.pk, content=changed, revision=draft.revision, by=by)
    return fresh(post)


def with_picture(
    post: Post,
    by: User,
    alt_text: str = "A library at night",
    *,
    people: People = People.NONE,
    raw: bytes = b"",
) -> MediaFile:
    """A picture added to the draft, with the question about people answered."""
    media = attach(post_id=post.pk, file=upload(raw or picture()), by=by)
    if people != People.NOT_SAID:
        say_who_is_shown(media_id=media.pk, people=people, by=by)
    draft = fresh(post).draft
    kept = Content.from_json(draft.content)
    attached = (*kept.media, Attached(media.pk, alt_text))
    changed = Content.from_json(
        {**kept.to_json(), "media": [[used.media_id, used.alt_text] for used in attached]}
    )
    save_draft(post_id=post.pk, content=changed, revision=draft.revision, by=by)
    return media


def nobody_in(media: MediaFile) -> MediaItem:
    """What is known of a file that no action made: nobody can be recognised in it."""
    return MediaItem.objects.create(
        digest=media.digest,
        file=media,
        title=media.original_name,
        people=People.NONE,
        added_by=media.uploaded_by,
    )


def picture(size: tuple[int, int] = (40, 30), kind: str = "JPEG", **options: Any) -> bytes:
    """The bytes of a picture of many colours."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def upload(raw: bytes, name: str = "night.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, raw)


def fresh(post: Post) -> Post:
    """The post as the database has it now."""
    return Post.objects.select_related("version", "draft", "author").get(pk=post.pk)


def newest(post: Post) -> Version:
    version = fresh(post).version
    assert version is not None
    return version


def in_hours(hours: float) -> datetime:
    """A moment from now, to the minute, as people enter it."""
    at = timezone.now() + timedelta(hours=hours)
    return at.replace(second=0, microsecond=0)


def form_of(post: Post | None = None, **fields: Any) -> dict[str, Any]:
    """What a browser sends for the compose form."""
    kept = fresh(post).draft if post else None
    base: dict[str, Any] = {
        "revision": kept.revision if kept else 0,
        "key": str(post.key if post else uuid.uuid4()),
        "accounts": [],
        "text": "",
        "title": "",
        "link": "",
        "campaign": "",
        "publish_on": "",
        "publish_time": "",
        "do": "save",
    }
    if kept:
        base |= {"accounts": kept.content["account_ids"], "text": kept.content["text"]}
        base["media"] = [media for media, *_ in kept.content["media"]]
        base |= {f"alt_{media}": alt for media, alt, *_ in kept.content["media"]}
    return {**base, **fields}
