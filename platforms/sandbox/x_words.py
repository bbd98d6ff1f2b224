"""How X writes a post back: short links for addresses, `&amp;` for `&`, a link for pictures."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Sequence
from typing import Any

from platforms.sandbox.rows import Medium
from platforms.x_length import addresses

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def written(
    text: str, remote_id: str, handle: str, media: Sequence[Medium]
) -> tuple[str, list[dict[str, Any]]]:
    """The text as X returns it and its `entities.urls`."""
    parts: list[str] = []
    urls: list[dict[str, Any]] = []
    at = length = 0
    for address in addresses(text):
        before = _escaped(text[at : address.start])
        full = address.text if "://" in address.text else f"http://{address.text}"
        short = _short(f"{remote_id} {address.start}")
        length += len(before)
        urls.append(_entity(length, short, full))
        length += len(short)
        parts += [before, short]
        at = address.end
    parts.append(_escaped(text[at:]))
    if media:
        _add_pictures(parts, urls, f"https://x.com/{handle}/status/{remote_id}", media)
    return "".join(parts), urls


def _add_pictures(
    parts: list[str], urls: list[dict[str, Any]], post_address: str, media: Sequence[Medium]
) -> None:
    length = sum(map(len, parts))
    gap = " " if length else ""
    short = _short(post_address)
    parts += [gap, short]
    for medium in media:
        entity = _entity(length + len(gap), short, f"{post_address}/photo/1")
        urls.append({**entity, "media_key": f"3_{medium.remote_id}"})


def _entity(start: int, short: str, full: str) -> dict[str, Any]:
    shown = full.split("://", 1)[1]
    shown = shown if len(shown) <= 30 else f"{shown[:29]}…"
    return {
        "start": start,
        "end": start + len(short),
        "url": short,
        "expanded_url": full,
        "display_url": shown,
    }


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _short(about: str) -> str:
    drawn = hashlib.blake2b(about.encode(), digest_size=10).digest()
    return "https://t.co/" + "".join(LETTERS[byte % len(LETTERS)] for byte in drawn)
