"""What is in the compose form, as typed: the working copy's content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pages.local_time import in_words_for_form
from publishing.models import Version


@dataclass(frozen=True, slots=True)
class Attached:
    """One picture or video in the form: the id of its `MediaFile`, and its alt text.

    `captions_id` is that of the `Captions` of a video that has some.
    """

    media_id: int
    alt_text: str = ""
    captions_id: int | None = None

    def to_json(self) -> list[Any]:
        captions = [self.captions_id] if self.captions_id else []
        return [self.media_id, self.alt_text, *captions]

    @classmethod
    def from_json(cls, stored: Sequence[Any]) -> Attached:
        media_id, alt_text, *captions = stored
        return cls(int(media_id), alt_text, _id(captions[0]) if captions else None)


@dataclass(frozen=True, slots=True)
class Content:
    """A post as typed. Nothing here is checked: a date may be nonsense, a text too long.

    `own_texts` holds pairs of account id and text, for the accounts that have a text of their own.
    `campaign` is a name that was typed before campaigns could be chosen, kept where no campaign is.
    `publish_on`, `publish_time` and `publish_fold` are read by `pages.local_time.parse`.
    """

    title: str = ""
    text: str = ""
    account_ids: tuple[int, ...] = ()
    own_texts: tuple[tuple[int, str], ...] = ()
    link: str = ""
    campaign: str = ""
    publish_on: str = ""
    publish_time: str = ""
    publish_fold: str = ""
    media: tuple[Attached, ...] = ()
    campaign_id: int | None = None
    aim_id: int | None = None
    note: str = ""
    tags_link: bool = False

    def text_for(self, account_id: int) -> str:
        """The account's own text, or the one for all."""
        return dict(self.own_texts).get(account_id) or self.text

    @property
    def heading(self) -> str:
        """The title; where none was typed, the beginning of the text."""
        if self.title:
            return self.title
        words = " ".join((self.text or next((text for _, text in self.own_texts), "")).split())
        return words if len(words) <= 60 else words[:59].rsplit(" ", 1)[0] + "…"

    def to_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "text": self.text,
            "account_ids": list(self.account_ids),
            "own_texts": [[account, text] for account, text in self.own_texts],
            "link": self.link,
            "campaign": self.campaign,
            "publish_on": self.publish_on,
            "publish_time": self.publish_time,
            "publish_fold": self.publish_fold,
            "media": [attached.to_json() for attached in self.media],
            "campaign_id": self.campaign_id,
            "aim_id": self.aim_id,
            "note": self.note,
            "tags_link": self.tags_link,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Content:
        """The content kept in a draft; what an older release did not keep is empty."""
        texts = {
            name: str(stored.get(name, ""))
            for name in (
                "title", "text", "link", "campaign", "publish_on", "publish_time", "publish_fold",
                "note",
            )
        }  # fmt: skip
        return cls(
            **texts,
            account_ids=tuple(int(account) for account in stored.get("account_ids", ())),
            own_texts=tuple((int(account), text) for account, text in stored.get("own_texts", ())),
            media=tuple(Attached.from_json(kept) for kept in stored.get("media", ())),
            campaign_id=_id(stored.get("campaign_id")),
            aim_id=_id(stored.get("aim_id")),
            tags_link=bool(stored.get("tags_link")),
        )

    @classmethod
    def of_version(cls, version: Version) -> Content:
        """A version put back into the form."""
        texts = list(version.texts.all())
        on, at, fold = in_words_for_form(version.publish_at)
        return cls(
            title=version.title,
            text=version.text,
            account_ids=tuple(text.account_id for text in texts),
            own_texts=tuple((text.account_id, text.text) for text in texts if text.is_own),
            link=version.link,
            campaign="" if version.campaign_id else version.campaign_name,
            campaign_id=version.campaign_id,
            aim_id=version.aim_id,
            note=version.note,
            tags_link=version.tags_link,
            publish_on=on,
            publish_time=at,
            publish_fold=fold,
            media=tuple(
                Attached(used.file_id, used.alt_text, used.captions_id)
                for used in version.media.all()
            ),
        )

    def with_media(self, *added: int) -> Content:
        """With these files at the end, where they are not in it already."""
        there = {attached.media_id for attached in self.media}
        new = tuple(Attached(media) for media in dict.fromkeys(added) if media not in there)
        return replace(self, media=self.media + new)

    def with_alt_text(self, media_id: int, alt_text: str) -> Content:
        media = (replace(a, alt_text=alt_text) if a.media_id == media_id else a for a in self.media)
        return replace(self, media=tuple(media))

    def with_captions(self, media_id: int, captions_id: int | None) -> Content:
        media = (
            replace(a, captions_id=captions_id) if a.media_id == media_id else a for a in self.media
        )
        return replace(self, media=tuple(media))

    def without_media(self, media_id: int) -> Content:
        return replace(self, media=tuple(a for a in self.media if a.media_id != media_id))

    def with_media_moved(self, media_id: int, by: int) -> Content:
        """With one file moved `by` places; negative is towards the front."""
        order = [attached.media_id for attached in self.media]
        if media_id not in order:
            return self
        files = list(self.media)
        old = order.index(media_id)
        new = min(max(old + by, 0), len(files) - 1)
        files.insert(new, files.pop(old))
        return replace(self, media=tuple(files))


def _id(kept: Any) -> int | None:
    return int(kept) if kept else None
