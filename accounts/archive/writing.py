"""Writing the archive of an account: everything that was said on it and to it, with checksums.

No transaction is held: it may take minutes. What is in it is what was there at one moment, `at`;
whether anything came or changed since is asked when the account is closed
(`accounts.archive.freshness`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from django.conf import settings
from django.utils.text import slugify

from accounts.archive.checked_zip import CheckedZip
from accounts.archive.pages import STYLE, Chapter, front_page, pages_of, style
from accounts.archive.spool import Spool
from accounts.archiving import Enclosure, Part, parts
from accounts.models import SocialAccount, User

FORMAT = "council-social-account-archive"
VERSION = 1
LEFT_OUT = (
    "drafts that were never sent for approval, and contact details that only a few people may read"
)


@dataclass(frozen=True, slots=True)
class Written:
    """What went into an archive: how many items of each part, how many files, which were lost."""

    counts: Mapping[str, int]
    pictures: int
    lost: tuple[str, ...]


def total(account: SocialAccount, at: datetime) -> int:
    """How many items there are to write."""
    return sum(part.count(account, at) for part in parts())


def folder_name(account: SocialAccount, at: datetime) -> str:
    """“x-wmlibraries-2026-11-21”: plain letters, whatever the handle is written in."""
    handle = slugify(account.handle) or str(account.pk)
    return f"{account.platform}-{handle}-{at:%Y-%m-%d}"


def write_archive(
    account: SocialAccount,
    to: BinaryIO,
    *,
    at: datetime,
    by: User,
    reason: str,
    tell: Callable[[int], None] = lambda more: None,
) -> Written:
    """Write everything about `account` until `at` into the file `to`.

    `by` asked for it because of `reason`; `tell` hears that so many more items are done, or 0
    as a sign of life.
    """
    with CheckedZip(to, folder_name(account, at), at) as archive:
        return _Writer(archive, _facts(account, at, by, reason), tell).write(account, at)


class _Writer:
    def __init__(
        self, archive: CheckedZip, facts: Mapping[str, Any], tell: Callable[[int], None]
    ) -> None:
        self._archive = archive
        self._facts = facts
        self._tell = tell
        self._pictures: dict[str, bool] = {}
        """By name: whether what the store has is what was kept there."""

    def write(self, account: SocialAccount, at: datetime) -> Written:
        self._archive.put(STYLE, style())
        chapters = [self._part(part, account, at) for part in parts()]
        lost = tuple(sorted(name for name, is_whole in self._pictures.items() if not is_whole))
        counts = {chapter.part.name: chapter.count for chapter in chapters}
        summary = {
            **self._facts,
            "counts": {**counts, "pictures": len(self._pictures) - len(lost)},
            "lost": lost,
            "left_out": LEFT_OUT,
        }
        self._archive.put("index.html", front_page(summary, chapters))
        files = {
            name: {"sha256": kept.sha256, "size": kept.size}
            for name, kept in sorted(self._archive.files.items())
        }
        manifest = {"format": FORMAT, "format_version": VERSION, **summary, "files": files}
        self._archive.put(
            "manifest.json", json.dumps(manifest, ensure_ascii=False, indent=2).encode() + b"\n"
        )
        return Written(counts, len(self._pictures) - len(lost), lost)

    def _part(self, part: Part, account: SocialAccount, at: datetime) -> Chapter:
        with Spool() as spool:
            for item in part.items(account, at):
                for enclosure in item.enclosures:
                    self._enclose(enclosure)
                spool.add(item.facts)
                self._tell(1)
            chapter = Chapter(part, spool.count)
            with self._archive.file(chapter.data) as write:
                for piece in spool.as_json():
                    write(piece)
            lost = {name for name, is_whole in self._pictures.items() if not is_whole}
            for name, page in pages_of(chapter, spool, {**self._facts, "lost": lost}):
                self._archive.put(name, page)
                self._tell(0)
        return chapter

    def _enclose(self, enclosure: Enclosure) -> None:
        """Once each. What the store lost, or has not as it was kept, is said and not passed over:
        an archive without one picture is better than none.
        """
        if enclosure.name in self._pictures:
            return
        self._tell(0)
        try:
            with enclosure.open() as source:
                copied = self._archive.copy(enclosure.name, source)
        except OSError:
            self._pictures[enclosure.name] = False
            return
        self._pictures[enclosure.name] = copied == enclosure.digest


def _facts(account: SocialAccount, at: datetime, by: User, reason: str) -> dict[str, Any]:
    return {
        "council": settings.COUNCIL_NAME,
        "made_at": at.isoformat(),
        "made_by": by.name,
        "reason": reason,
        "account": {
            "id": account.pk,
            "platform": account.platform,
            "platform_name": account.platform_name,
            "handle": account.handle,
            "name": account.name,
            "address": account.url,
            "remote_id": account.remote_id,
            "purpose": account.purpose,
            "audience": account.audience,
            "service_area": account.service_area.name,
            "owner": account.owner.name,
            "deputy": account.deputy.name if account.deputy else "",
            "opened_on": account.opened_on.isoformat() if account.opened_on else "",
            "on_the_register_since": account.added_at.isoformat(),
        },
    }
