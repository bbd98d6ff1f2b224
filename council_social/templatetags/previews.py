"""Previews: a post's text as a platform would show it, with what becomes a link marked."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from linkify_it import LinkifyIt

from platforms.registry import PLATFORMS
from publishing.captioning import reading
from publishing.models import Captions

register = template.Library()

_links = LinkifyIt(options={"fuzzy_email": False, "fuzzy_ip": False})
_tags = re.compile(r"(?<![\w/&])(#\w+)")
PREVIEWED = ("x", "facebook", "youtube")


@register.filter
def mark_links(text: str | None, platform: str = "") -> SafeString:
    """`text`, escaped, with what becomes a link on that platform marked: addresses, hashtags, and
    names where they do; nothing in it can be followed.
    """
    text = text or ""
    names = PLATFORMS[platform].names if platform in PLATFORMS else None
    parts, at = [], 0
    for link in _links.match(text) or []:
        parts += [_mark_words(text[at : link.index], names), _mark(link.raw)]
        at = link.last_index
    parts.append(_mark_words(text[at:], names))
    return mark_safe("".join(parts))  # noqa: S308 - every part was escaped above


@register.filter
def preview_of(platform: str) -> str:
    """The template of a platform's preview; a plain one where there is none of its own."""
    return f"components/preview_{platform if platform in PREVIEWED else 'plain'}.html"


@register.filter
def at_handle(handle: str | None) -> str:
    """ "@wealdmoor"; nothing where an account has no handle."""
    return f"@{handle}" if handle else ""


@register.filter
def initial(name: str | None) -> str:
    """The letter in the circle that stands for the account's picture."""
    return (name or "?").strip()[:1].upper()


@register.filter
def domain(link: str) -> str:
    """The site of an address, as link cards name it; the address itself where it has none."""
    try:
        return (urlsplit(link).hostname or link).removeprefix("www.")
    except ValueError:
        return link


@register.filter
def missing_alt_texts(media: list[dict[str, str]]) -> int:
    return sum(1 for item in media if not item.get("alt"))


def _mark(text: str) -> str:
    return format_html('<span class="cs-preview__link">{}</span>', text)


def _mark_words(text: str, names: re.Pattern[str] | None) -> str:
    """Hashtags and names marked, the rest escaped."""
    found = [*_tags.finditer(text), *(names.finditer(text) if names else ())]
    parts, at = [], 0
    for match in sorted(found, key=lambda each: each.start()):
        parts += [escape(text[at : match.start()]), _mark(match[0])]
        at = match.end()
    return "".join([*parts, escape(text[at:])])


@register.filter
def transcript(captions: Captions) -> str:
    """Captions as lines to read: times, then words."""
    return reading.transcript(captions.text)
