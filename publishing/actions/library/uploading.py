"""Putting files into the library without a post."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.access import explain
from accounts.models import User
from accounts.permissions import Permission
from publishing.actions.library.sharing import share
from publishing.library.known import meet
from publishing.library.rights import may_change
from publishing.media.intake import clean, keep_for_library
from publishing.models import MediaItem
from publishing.rights import refuse_unless


def add_to_library(*, file: UploadedFile, by: User) -> tuple[MediaItem, bool]:
    """The item of the file's bytes, and whether nobody had uploaded them before.

    It is shared where it is new, or `by` may change it; else it stays as who added it left it.
    The slow part, making the file again, holds no lock. Raises MediaRefused and NotAllowed.
    """
    refuse_unless(explain(by, Permission.WRITE_POST), "add pictures to the library")
    with clean(file) as cleaned, transaction.atomic():
        item, is_new = meet(keep_for_library(cleaned, by), by=by)
        if may_change(by, item):
            item = share(item_id=item.pk, by=by)
        return item, is_new
