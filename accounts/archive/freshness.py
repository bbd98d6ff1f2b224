"""Whether an archive still holds everything."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from accounts.archiving import parts
from accounts.models import AccountArchive, SocialAccount


def out_of_date(archive: AccountArchive) -> list[str]:
    """What has come or changed since, in words: “Posts”, “What was said to it”.

    Numbers are compared as well as times: what was being written when the archive was begun has an
    earlier time and is not in it.
    """
    account, now = archive.account, timezone.now()
    return [
        part.heading
        for part in parts()
        if _is_newer(part.newest(account), archive)
        or (part.name in _COUNTED and part.count(account, now) != getattr(archive, part.name))
    ]


_COUNTED = ("posts", "mentions")
"""Parts of which an archive keeps the number."""


def _is_newer(newest: datetime | None, archive: AccountArchive) -> bool:
    return newest is not None and newest > archive.up_to


def newest_archive(account: SocialAccount) -> AccountArchive | None:
    return account.archives.select_related("account", "job__asked_by").first()
