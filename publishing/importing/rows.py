"""Whether the rows of a file can become drafts: every problem of every row, in words.

Nothing is asked of the database row by row: what the rows are compared with is read once.
"""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import SocialAccount, User
from pages.local_time import TimeProblem, in_words_for_form
from pages.typed_csv import TypedRow
from pages.typed_rows import Problem, RowReader, yes_or_no
from publishing.checks import alt_text, hints_left, length, link, pictures, title, videos
from publishing.composition import Composition, Picture, parts_of
from publishing.drafts import Content
from publishing.importing import columns as c
from publishing.importing.desk import Desk
from publishing.importing.times import read_moment
from publishing.models import MediaItem, Post
from publishing.wording import Tags

_ROWS = uuid.UUID("6d1f2a52-7a5e-4f0c-9a34-0c2f5b1f7d11")
"""Of which the keys of imported posts are made."""
_LOOKED_AT = (hints_left, title, length, link, alt_text, pictures, videos)
"""Checks that ask the database nothing, and stand in the way of sending."""


@dataclass(frozen=True, slots=True)
class GoodRow:
    """A draft that can be made. `remarks` say what will be in the way of sending it."""

    typed: TypedRow
    key: uuid.UUID
    content: Content
    pictures: tuple[tuple[int, str], ...]
    """Ids of items of the media library, each with its alt text."""
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """`made_before` holds the numbers of rows that became drafts already, with those drafts."""

    good: list[GoodRow]
    problems: list[Problem]
    made_before: list[tuple[int, Post]]


def check_rows(rows: Iterable[TypedRow], *, by: User) -> Checked:
    """Every row is good, has its problems named, or was made before. Seven queries."""
    keyed = list(zip(_keys(rows := list(rows), by), rows, strict=True))
    posts = Post.objects.filter(author=by, key__in=[key for key, _ in keyed])
    made = {post.key: post for post in posts}
    checked = Checked([], [], [(row.number, made[key]) for key, row in keyed if key in made])
    desk, now = Desk(by), timezone.now()
    for key, typed in keyed:
        if key in made:
            continue
        row = _Row(typed, desk, now)
        good = row.made(key)
        if row.problems:
            checked.problems.extend(row.problems)
        else:
            checked.good.append(good)
    return checked


def _keys(rows: Iterable[TypedRow], by: User) -> Iterator[uuid.UUID]:
    """The same for the same words by the same person, whichever file they are in.

    So a file that is corrected and sent again makes no draft twice. Rows of a file that are alike
    are told apart by their order.
    """
    met: Counter[str] = Counter()
    for row in rows:
        words = json.dumps([by.pk, row.cells], sort_keys=True)
        met[words] += 1
        yield uuid.uuid5(_ROWS, f"{words}{met[words]}")


class _Row(RowReader):
    """One row on its way to a draft."""

    def __init__(self, typed: TypedRow, desk: Desk, now: datetime) -> None:
        super().__init__(typed, c.IN_LINES)
        self.desk, self.now = desk, now

    def made(self, key: uuid.UUID) -> GoodRow:
        """The draft; only of use where there were no problems."""
        for column, most in c.LONGEST.items():
            if (over := len(self.cell(column)) - most) > 0:
                self.wrong(column, f"Shorten this by {over:,} characters.")
        accounts = self.read_cell(c.ACCOUNTS, self.desk.accounts) or []
        when = self._when()
        on, clock, fold = in_words_for_form(when)
        campaign = self.read_cell(c.CAMPAIGN, self.desk.campaign)
        aim = self.read_cell(c.AIM, self.desk.aim)
        content = Content(
            title=self.cell(c.TITLE),
            text=self.cell(c.TEXT),
            account_ids=tuple(account.pk for account in accounts),
            own_texts=tuple(self._own_texts(accounts)),
            link=self.cell(c.LINK),
            campaign_id=campaign.pk if campaign else None,
            aim_id=aim.pk if aim else None,
            note=self.cell(c.NOTE),
            tags_link=self.read_cell(c.TAGS, yes_or_no) or False,
            publish_on=on,
            publish_time=clock,
            publish_fold=fold,
        )
        self._refuse_silence(content, accounts)
        chosen = list(self._pictures())
        tags = Tags(campaign.tag if campaign else "") if content.tags_link else None
        remarks = () if self.problems else tuple(self._remarks(content, accounts, chosen, tags))
        kept = tuple((item.pk, words) for item, words in chosen)
        return GoodRow(self.typed, key, content, kept, remarks)

    def cell(self, column: str) -> str:
        return self.cells.get(column, "")

    def _when(self) -> datetime | None:
        try:
            when = read_moment(self.cell(c.DATE), self.cell(c.TIME))
        except TimeProblem as problem:
            column = c.DATE if problem.field == "publish_on" else c.TIME
            self.wrong(column, f"{problem.message}.")
            return None
        if when and when <= self.now:
            self.wrong(c.DATE, "This time has passed. Enter one that is to come.")
        return when

    def _own_texts(self, accounts: list[SocialAccount]) -> Iterator[tuple[int, str]]:
        for platform, column in c.OWN_TEXTS.items():
            text = self.cell(column)
            there = [account.pk for account in accounts if account.platform == platform]
            if text and not there and c.ACCOUNTS not in self.unreadable:
                self.wrong(column, "There is a text, but no account of that platform is named.")
            if text and text != self.cell(c.TEXT):
                yield from ((pk, text) for pk in there)

    def _refuse_silence(self, content: Content, accounts: list[SocialAccount]) -> None:
        if any(not content.text_for(account.pk).strip() for account in accounts):
            self.wrong(c.TEXT, "Write the text, or one for each platform.")

    def _pictures(self) -> Iterator[tuple[MediaItem, str]]:
        seen: set[int] = set()
        for picture, alt in c.PICTURE_COLUMNS:
            item, words = self.read_cell(picture, self.desk.item), self.cell(alt)
            if words and not self.cell(picture):
                self.wrong(alt, "There is an alt text, but no picture.")
            if item and item.pk in seen:
                self.wrong(picture, "This picture is in the row already.")
            elif item:
                seen.add(item.pk)
                yield item, " ".join(words.split()) or item.alt_text

    def _remarks(
        self,
        content: Content,
        accounts: list[SocialAccount],
        chosen: list[tuple[MediaItem, str]],
        tags: Tags | None,
    ) -> Iterator[str]:
        own = dict(content.own_texts)
        texts = ((each, content.text_for(each.pk), each.pk in own) for each in accounts)
        composition = Composition(
            title=content.title,
            heading=content.heading,
            text=content.text,
            parts=parts_of(texts, content.link, tags),
            link=content.link,
            campaign="",
            when=None,
            problem=None,
            media=tuple(Picture(item.file, words) for item, words in chosen),
            tags=tags,
        )
        for check in _LOOKED_AT:
            yield from (found.message for found in check.CHECK.find(composition, self.now))
