"""Whether a post that X gives back is the text that we sent: X rewrites what it gets."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Mapping
from typing import Any

from platforms.x_length import addresses


def readable(tweet: Mapping[str, Any]) -> str:
    """A post's text as a person sees it: whole addresses, no `&amp;`, no link for the pictures.

    `tweet` is X's JSON with `text` and, where asked for, `entities`.
    """
    text = str(tweet.get("text", ""))
    for link in (tweet.get("entities") or {}).get("urls") or ():
        full = "" if link.get("media_key") else link.get("expanded_url") or link["url"]
        text = text.replace(link["url"], full)
    return html.unescape(text).strip()


def same_text(one: str, other: str) -> bool:
    """Whether two readable texts are the same post."""
    return _key(one) == _key(other)


def _key(text: str) -> str:
    """The text without what X changes: composed letters, spaces, how an address is spelt."""
    normal = unicodedata.normalize("NFC", text)
    parts, at = [], 0
    for address in addresses(normal):
        parts += [normal[at : address.start], _address_key(address.text)]
        at = address.end
    parts.append(normal[at:])
    return " ".join("".join(parts).split())


def _address_key(address: str) -> str:
    """An address without scheme and last stroke, its domain in small letters."""
    domain, stroke, rest = address.split("://", 1)[-1].partition("/")
    return f"{domain.lower()}{stroke}{rest}".rstrip("/")
