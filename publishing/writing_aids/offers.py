"""Hashtags and names of accounts that are offered beside a text: those in use, from what is there.

Only words of posts that the writer may read, and only names of which a platform makes a link.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, When

from accounts.models import SocialAccount, User
from platforms.contract import Platform
from platforms.registry import PLATFORMS
from publishing.hashtags import better, runs_together, tags_in
from publishing.models import Post, VersionText
from publishing.writing_aids.pressed import FOR_ALL

LOOKED_AT = 100
"""The newest texts on those accounts, at most."""
MOST_TAGS = 8
MOST_NAMES = 6


@dataclass(frozen=True, slots=True)
class Names:
    """What becomes of a name on one platform, and the handles that are offered for it."""

    platform: str
    about: str
    handles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be put into the text of one field."""

    field: str
    tags: tuple[str, ...] = ()
    names: tuple[Names, ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """A text that the writer may read, and where it was said."""

    platform: str
    text: str


def offers_for(chosen: Sequence[SocialAccount], writer: User) -> dict[str, Offers]:
    """For the text for all and for each account's own, by field.

    Four queries and those about what the writer may read; none where no account is chosen.
    """
    if not chosen:
        return {}
    said = _recently_said(chosen, writer)
    tags = _tags(said, [account.name for account in chosen])
    handles = _own_handles(chosen, writer)
    names = {
        platform.key: _names(platform, handles, said)
        for platform in dict.fromkeys(PLATFORMS[account.platform] for account in chosen)
    }
    for_all = Offers(FOR_ALL, tags, tuple(sorted(names.values(), key=lambda one: not one.handles)))
    own = (
        Offers(f"{FOR_ALL}_{account.pk}", tags, (names[account.platform],)) for account in chosen
    )
    return {offers.field: offers for offers in (for_all, *own)}


def _recently_said(chosen: Sequence[SocialAccount], writer: User) -> list[_Said]:
    """The newest texts on these accounts and on others of their service areas: three queries."""
    areas = {account.service_area_id for account in chosen}
    near = SocialAccount.objects.filter(service_area__in=areas).values_list("pk", flat=True)
    rows = list(
        # Named one by one, so that the database finds them by its index.
        VersionText.objects.filter(account__in=[*near, *(account.pk for account in chosen)])
        .order_by("-version_id")
        .values_list("version__post_id", "account__platform", "text")[:LOOKED_AT]
    )
    readable = set(
        Post.objects.visible_to(writer)
        .filter(pk__in={post for post, _, _ in rows})
        .values_list("pk", flat=True)
    )
    return [_Said(platform, text) for post, platform, text in rows if post in readable]


def _own_handles(chosen: Sequence[SocialAccount], writer: User) -> dict[str, list[str]]:
    """Of the council's other accounts there, those of the same service areas first: one query."""
    linking = {account.platform for account in chosen if PLATFORMS[account.platform].names}
    areas = {account.service_area_id for account in chosen}
    others = (
        SocialAccount.objects.on_register(writer)
        .live()
        .filter(platform__in=linking)
        .exclude(pk__in=[account.pk for account in chosen])
        .order_by(Case(When(service_area__in=areas, then=0), default=1), "handle")
        .values_list("platform", "handle")[:LOOKED_AT]
    )
    found: dict[str, list[str]] = {}
    for platform, handle in others:
        found.setdefault(platform, []).append(handle)
    return found


def _tags(said: Iterable[_Said], names: Sequence[str]) -> tuple[str, ...]:
    """The most used first, each as it can be read aloud."""
    used: Counter[str] = Counter()
    for tag in (tag for each in said for tag in tags_in(each.text)):
        written = better(tag, names) or tag
        if not runs_together(written):
            used[written] += 1
    spelt: dict[str, str] = {}
    for tag, _ in used.most_common():
        spelt.setdefault(tag.casefold(), tag)
    return tuple(f"#{tag}" for tag in list(spelt.values())[:MOST_TAGS])


def _names(platform: Platform, own: dict[str, list[str]], said: Iterable[_Said]) -> Names:
    if platform.names is None:
        return Names(platform.name, platform.about_names)
    lately = [
        handle
        for each in said
        if each.platform == platform.key
        for handle in platform.names.findall(each.text)
    ]
    spelt: dict[str, str] = {}
    for handle in [*own.get(platform.key, [])[:MOST_NAMES], *lately]:
        spelt.setdefault(handle.casefold(), f"@{handle}")
    return Names(platform.name, platform.about_names, tuple(spelt.values())[: 2 * MOST_NAMES])
