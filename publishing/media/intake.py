"""Taking a file in: from what a browser sent to a clean `MediaFile` of a post."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from publishing.errors import MediaRefused
from publishing.models import MediaFile, Post
from uploads import clean as making
from uploads.clean import Clean
from uploads.refused import UploadRefused
from uploads.store import digest_of_file, keep


@contextlib.contextmanager
def clean(file: UploadedFile) -> Iterator[Clean]:
    """The file made again, for as long as it is needed. Raises MediaRefused, saying why."""
    with contextlib.ExitStack() as opened:
        try:
            made = opened.enter_context(making.clean(file))
        except UploadRefused as refused:
            raise MediaRefused(refused.message, "pictures") from refused
        yield made


def keep_for(post: Post, made: Clean, by: User) -> tuple[MediaFile, bool]:
    """The file as one of `post`, and whether it is new; the same file twice is one."""
    digest = digest_of_file(made.content)
    return MediaFile.objects.get_or_create(
        post=post, digest=digest, defaults={**_kept(made, digest), "uploaded_by": by}
    )


def keep_for_library(made: Clean, by: User) -> MediaFile:
    """The file as one that `by` put into the library; the same file twice is one."""
    digest = digest_of_file(made.content)
    mine = MediaFile.objects.filter(post=None, digest=digest, uploaded_by=by).first()
    return mine or MediaFile.objects.create(digest=digest, **_kept(made, digest), uploaded_by=by)


def _kept(made: Clean, digest: str) -> dict[str, Any]:
    return {
        "kind": made.kind,
        "content_type": made.content_type,
        "file": keep(made.content, "posts", digest, made.extension, made.size),
        "original_name": made.name,
        "size": made.size,
        "width": made.width,
        "height": made.height,
        "milliseconds": made.length and made.length.milliseconds,
        "has_sound": made.length and made.length.has_sound,
    }
