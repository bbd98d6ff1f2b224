"""Adding captions to a video: of a post, or of the media library."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from audit.catalogue import Event
from audit.record import record
from platforms.contract import MediaKind
from publishing.actions.drafting import refuse_unless_editable
from publishing.captioning.length import measured
from publishing.captioning.reading import MOST_BYTES, Cue, read, refuse_beyond, written
from publishing.drafts import Content
from publishing.errors import Refused
from publishing.library.known import known_of
from publishing.locks import lock_post
from publishing.models import Captions, Language, MediaFile, Post
from publishing.rights import explain_editing, refuse_unless
from uploads.clean import safe_name


def attach_captions(
    *, post_id: int, media_id: int, file: UploadedFile, language: str, by: User
) -> Captions:
    """The captions, kept for a video of the post; the form then names them in the draft.

    The same again is harmless. Raises MediaRefused, Refused, NotAllowed and Conflict.
    """
    video = measured(_video(MediaFile.objects.filter(pk=media_id).first()))
    name, cues = taken_in(file, video)
    with transaction.atomic():
        post = lock_post(post_id)
        refuse_unless(explain_editing(by, post), "add captions to this post")
        refuse_unless_editable(post)
        if not MediaFile.objects.usable_in(post).filter(pk=media_id).exists():
            raise Refused("A video that was named does not belong to this post.", "pictures")
        captions, is_new = kept(written(cues), language, name, video=video, post=post, by=by)
        if is_new:
            record(Event.CAPTIONS_ADDED, by=by, on=post, after=_told(captions))
        return captions


@transaction.atomic
def in_language(*, post_id: int, captions_id: int, language: str, by: User) -> Captions:
    """The same words of one of the post's captions, said to be in another language.

    Raises Captions.DoesNotExist, Refused, NotAllowed and Conflict.
    """
    post = lock_post(post_id)
    refuse_unless(explain_editing(by, post), "change the captions of this post")
    refuse_unless_editable(post)
    return copied(post.captions.get(pk=captions_id), post, by, language=language)


def taken_in(file: UploadedFile, video: MediaFile) -> tuple[str, list[Cue]]:
    """A file's name and its captions, if they can be those of the video. Raises MediaRefused."""
    name = safe_name(file.name or "")
    # One byte more tells that there are too many.
    cues = read(file.read(MOST_BYTES + 1), name)
    if video.milliseconds:
        refuse_beyond(cues, video.milliseconds, name)
    return name, cues


def kept(
    text: str, language: str, name: str, *, video: MediaFile, post: Post | None, by: User
) -> tuple[Captions, bool]:
    """Captions as a row that never changes, and whether it is new. Raises Refused."""
    if language not in Language.values:
        raise Refused("Choose a language from the list", "pictures")
    return Captions.objects.get_or_create(
        post=post,
        video_digest=video.digest,
        language=language,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        defaults={"text": text, "original_name": name, "uploaded_by": by},
    )


def copied(captions: Captions, post: Post, by: User, language: str = "") -> Captions:
    """The same captions as some of `post`, which is locked and may be changed by `by`."""
    video = MediaFile(digest=captions.video_digest)
    copy, is_new = kept(
        captions.text,
        language or captions.language,
        captions.original_name,
        video=video,
        post=post,
        by=by,
    )
    if is_new:
        record(Event.CAPTIONS_ADDED, by=by, on=post, after=_told(copy))
    return copy


def with_known_captions(content: Content, added: Collection[int], post: Post, by: User) -> Content:
    """`content`, where videos that were just added begin with the captions that are known."""
    files = MediaFile.objects.filter(pk__in=added, kind=MediaKind.VIDEO) if added else ()
    known = known_of(file.digest for file in files)
    for file in files:
        item = known.get(file.digest)
        if item and item.captions:
            content = content.with_captions(file.pk, copied(item.captions, post, by).pk)
    return content


def _video(media: MediaFile | None) -> MediaFile:
    if media is None or media.kind != MediaKind.VIDEO:
        raise Refused("Only a video has captions.", "pictures")
    return media


def _told(captions: Captions) -> dict[str, str]:
    return {
        "name": captions.original_name,
        "language": captions.language,
        "digest": captions.digest,
    }
