"""A post with everything it names at hand: made from what was typed, or from a version.

Checks, previews and new versions are made from it, so that all three speak of the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import SocialAccount, StrategicAim
from pages.local_time import LocalMoment, TimeProblem, parse
from platforms.contract import Platform
from platforms.registry import PLATFORMS
from publishing.drafts import Content
from publishing.models import Campaign, Captions, MediaFile, Version
from publishing.wording import Tags, as_sent, link_on, tags_of


@dataclass(frozen=True, slots=True)
class Part:
    """What one account is to say."""

    account: SocialAccount
    text: str
    is_own: bool
    typed_link: str
    tags: Tags | None = None

    @property
    def platform(self) -> Platform:
        return PLATFORMS[self.account.platform]

    @property
    def as_sent(self) -> str:
        return as_sent(self.platform, self.text, self.typed_link, self.tags)

    @property
    def link(self) -> str:
        """As it leaves for this account, with its tags."""
        return link_on(self.platform, self.typed_link, self.tags)

    @property
    def length(self) -> int:
        """As the platform counts it, with the link where the platform carries it in the text."""
        return self.platform.limits.count(self.as_sent)

    @property
    def too_long_by(self) -> int:
        return max(0, self.length - self.platform.limits.text)

    @property
    def left(self) -> int:
        return max(0, self.platform.limits.text - self.length)

    @property
    def text_field(self) -> str:
        """The form's field in which this text was typed."""
        return f"text_{self.account.pk}" if self.is_own else "text"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or a video of the post, with its alt text; of a video also its captions."""

    file: MediaFile
    alt_text: str
    captions: Captions | None = None


@dataclass(frozen=True, slots=True)
class Composition:
    """`problem` is set instead of `when` where the day or time that was typed cannot be used.

    `tags` is None where the link leaves as it was typed. `note` is never published.
    """

    title: str
    heading: str
    text: str
    parts: tuple[Part, ...]
    link: str
    campaign: str
    when: LocalMoment | None
    problem: TimeProblem | None
    media: tuple[Picture, ...]
    campaign_id: int | None = None
    aim: str = ""
    aim_id: int | None = None
    note: str = ""
    tags: Tags | None = None
    post_id: int | None = None
    """Which post it is of; None while that is not there yet."""

    @property
    def publish_at(self) -> datetime | None:
        return self.when.at if self.when else None

    @property
    def accounts(self) -> list[SocialAccount]:
        return [part.account for part in self.parts]

    def governed_accounts(self) -> list[SocialAccount]:
        return self.accounts


def compose(content: Content, post_id: int | None = None) -> Composition:
    """Load what `content` names: two queries, and one each for campaign, aim and captions.

    Names of things that are not there are left out.
    """
    accounts = SocialAccount.objects.select_related("owner").in_bulk(content.account_ids)
    files = MediaFile.objects.in_bulk([attached.media_id for attached in content.media])
    captions = Captions.objects.in_bulk([a.captions_id for a in content.media if a.captions_id])
    own = dict(content.own_texts)
    when, problem = _when(content)
    campaign = Campaign.objects.filter(pk__in=_ids(content.campaign_id)).first()
    aim = StrategicAim.objects.filter(pk__in=_ids(content.aim_id)).first()
    tags = Tags(campaign.tag if campaign else "") if content.tags_link else None
    return Composition(
        title=content.title,
        heading=content.heading,
        text=content.text,
        parts=parts_of(
            (
                (accounts[pk], own.get(pk) or content.text, bool(own.get(pk)))
                for pk in content.account_ids
                if pk in accounts
            ),
            content.link,
            tags,
        ),
        link=content.link,
        campaign=campaign.name if campaign else content.campaign,
        campaign_id=campaign.pk if campaign else None,
        aim=aim.name if aim else "",
        aim_id=aim.pk if aim else None,
        note=content.note,
        tags=tags,
        when=when,
        problem=problem,
        media=tuple(
            Picture(
                files[attached.media_id],
                attached.alt_text,
                captions.get(attached.captions_id or 0),
            )
            for attached in content.media
            if attached.media_id in files
        ),
        post_id=post_id,
    )


def composition_of(version: Version) -> Composition:
    """The version as a composition: two queries, and one for the campaign of a tagged link."""
    tags = tags_of(version)
    texts = version.texts.select_related("account__owner")
    return Composition(
        title=version.title,
        heading=version.title,
        text=version.text,
        parts=parts_of(
            ((text.account, text.text, text.is_own) for text in texts), version.link, tags
        ),
        link=version.link,
        campaign=version.campaign_name,
        campaign_id=version.campaign_id,
        aim=version.aim_name,
        aim_id=version.aim_id,
        note=version.note,
        tags=tags,
        when=LocalMoment(version.publish_at) if version.publish_at else None,
        problem=None,
        media=tuple(
            Picture(used.file, used.alt_text, used.captions)
            for used in version.media.select_related("file", "captions")
        ),
        post_id=version.post_id,
    )


def parts_of(
    texts: Iterable[tuple[SocialAccount, str, bool]], link: str, tags: Tags | None = None
) -> tuple[Part, ...]:
    """Parts in the order of the accounts' names; accounts of unknown platforms have none."""
    parts = (Part(account, text, is_own, link, tags) for account, text, is_own in texts)
    known = (part for part in parts if part.account.platform in PLATFORMS)
    return tuple(sorted(known, key=lambda part: (part.account.name, part.account.pk)))


def _ids(pk: int | None) -> list[int]:
    return [] if pk is None else [pk]


def _when(content: Content) -> tuple[LocalMoment | None, TimeProblem | None]:
    try:
        return parse(content.publish_on, content.publish_time, content.publish_fold), None
    except TimeProblem as problem:
        return None, problem
