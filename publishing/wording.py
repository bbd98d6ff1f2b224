"""The words that a platform is handed: one place for the checks, the previews and the engine."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from platforms.contract import Platform
from publishing.models import Version

MEDIUM = "social"


@dataclass(frozen=True, slots=True)
class Tags:
    """That a post's link leaves with tags for the website's statistics.

    `campaign` is the campaign's tag; empty where the post is for none.
    """

    campaign: str = ""


def tags_of(version: Version) -> Tags | None:
    """The tags that the version's link leaves with; one query where it is for a campaign."""
    if not version.tags_link:
        return None
    return Tags(version.campaign.tag if version.campaign else "")


def link_on(platform: Platform, link: str, tags: Tags | None) -> str:
    """`link` as it leaves for `platform`: with its tags, where it is to have them.

    A tag that somebody typed stays as it is, and so do the rest of the query and the fragment,
    character by character. Names and values are those that Google Analytics and Matomo read.
    """
    if tags is None or not link:
        return link
    try:
        parts = urlsplit(link)
    except ValueError:
        return link
    typed = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    wanted = {"utm_source": platform.key, "utm_medium": MEDIUM, "utm_campaign": tags.campaign}
    added = {name: value for name, value in wanted.items() if value and name not in typed}
    query = "&".join(part for part in (parts.query, urlencode(added)) if part)
    return urlunsplit(parts._replace(query=query))


def as_sent(platform: Platform, text: str, link: str, tags: Tags | None = None) -> str:
    """`text` as it leaves for `platform`: with the link in it where the platform carries it there.

    The link stands on a line of its own, and only once: where the text has it already, it stays
    there as it was typed.
    """
    if not link or not platform.link_in_text or link in text:
        return text
    sent = link_on(platform, link, tags)
    return f"{text}\n\n{sent}" if text else sent
