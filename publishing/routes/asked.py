"""What the sources are asked about: a version, or a draft, on one of its accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects

from accounts.models import SocialAccount
from publishing.composition import Composition
from publishing.models import Post, Version, VersionMedia, VersionText


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """The account comes with its risk assessments (`risk_assessments.all()` asks nothing)."""

    post: Post
    account: SocialAccount
    texts: tuple[str, ...]
    """Everything that the post says on any account: title, link, texts, alt texts."""
    campaign_id: int | None
    publish_at: datetime | None
    """None: as soon as it is approved."""

    @property
    def words(self) -> str:
        return "\n".join(self.texts)


def asked_about(versions: Collection[Version]) -> dict[int, list[Asked]]:
    """For each version, by its id, one for each of its accounts. Five queries at most."""
    keys = [version.pk for version in versions]
    texts = defaultdict(list)
    found = VersionText.objects.filter(version__in=keys).order_by("account__name", "account_id")
    for text in found.select_related("account").prefetch_related("account__risk_assessments"):
        texts[text.version_id].append(text)
    alt_texts = defaultdict(list)
    for used in VersionMedia.objects.filter(version__in=keys).order_by("position"):
        alt_texts[used.version_id].append(used.alt_text)
    posts = Post.objects.in_bulk({version.post_id for version in versions})
    return {
        version.pk: [
            Asked(
                posts[version.post_id],
                text.account,
                said,
                version.campaign_id,
                version.publish_at,
            )
            for text in texts[version.pk]
        ]
        for version in versions
        if (said := _said(version, texts[version.pk], alt_texts[version.pk]))
    }


def asked_on(version: Version, account: SocialAccount, post: Post) -> Asked:
    """For one account; asks nothing where the version's texts and media are loaded."""
    alt_texts = [used.alt_text for used in version.media.all()]
    said = _said(version, list(version.texts.all()), alt_texts)
    return Asked(post, account, said, version.campaign_id, version.publish_at)


def asked_of_draft(post: Post, draft: Composition) -> list[Asked]:
    """The same for what is in the form."""
    prefetch_related_objects(draft.accounts, "risk_assessments")
    texts = (draft.title, draft.link, draft.text, *(part.text for part in draft.parts))
    texts += tuple(picture.alt_text for picture in draft.media)
    return [
        Asked(post, account, texts, draft.campaign_id, draft.publish_at)
        for account in draft.accounts
    ]


def _said(version: Version, texts: list[VersionText], alt_texts: list[str]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            [version.title, version.link, version.text, *(text.text for text in texts), *alt_texts]
        )
    )
