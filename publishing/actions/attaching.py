"""Adding pictures and videos to a post."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from audit.catalogue import Event
from audit.record import record
from publishing.actions.drafting import refuse_unless_editable
from publishing.library.known import meet
from publishing.locks import lock_post
from publishing.media.intake import clean, keep_for
from publishing.models import MediaFile
from publishing.rights import explain_editing, refuse_unless


def attach(*, post_id: int, file: UploadedFile, by: User) -> MediaFile:
    """The clean file, kept for the post; the form then names it in the draft.

    What is known of the same bytes counts for it: it meets its item of the library, or makes it.

    The slow part, making the file again, holds no lock. Raises MediaRefused, NotAllowed, Conflict.
    """
    with clean(file) as cleaned, transaction.atomic():
        post = lock_post(post_id)
        refuse_unless(explain_editing(by, post), "add pictures to this post")
        refuse_unless_editable(post)
        media, is_new = keep_for(post, cleaned, by)
        meet(media, by=by)
        if is_new:
            record(
                Event.MEDIA_ADDED,
                by=by,
                on=post,
                after={"name": media.original_name, "digest": media.digest, "kind": media.kind},
            )
        return media
