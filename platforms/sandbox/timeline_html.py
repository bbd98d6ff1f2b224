"""The pieces of which the public pages are made, as HTML text."""

from __future__ import annotations

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from platforms.sandbox.rows import Account, Comment, Medium, Post
from platforms.sandbox.world import World
from platforms.x_length import addresses

PLATFORM_NAMES = {"x": "X", "facebook": "Facebook", "youtube": "YouTube"}
SHOWN_COMMENTS = 3
LONDON = ZoneInfo("Europe/London")


def document(title: str, body: str) -> str:
    """A whole page."""
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="/timelines.css"></head>'
        '<body><p class="notice">A sandbox on this machine: nothing here is public.</p>'
        f"<main>{body}</main></body></html>"
    )


def post_html(world: World, account: Account, post: Post, *, thread: bool = False) -> str:
    """A post with its pictures and what was said under it (a few, or all of the thread)."""
    link = f"/timeline/{account.platform}/{escape(account.handle)}/{escape(post.remote_id)}"
    title = f"<h2>{escape(post.title)}</h2>" if post.title else ""
    media = "".join(_medium_html(medium) for medium in world.store.media_of(post))
    linked = f"<p>{_linked(post.link)}</p>" if post.link and post.link not in post.text else ""
    return (
        f'<article class="post"><p class="by"><strong>{escape(account.name)}</strong> '
        f'<span class="quiet">@{escape(account.handle)} · '
        f'<a href="{link}">{time_html(post.created_at)}</a></span></p>{title}'
        f'<p class="text">{_linked(post.text)}</p>{linked}{media}'
        f"{_comments_html(world, post, link, whole=thread)}</article>"
    )


def time_html(at: float) -> str:
    moment = datetime.fromtimestamp(at, LONDON)
    return (
        f'<time datetime="{moment.isoformat(timespec="seconds")}">'
        f"{moment.day} {moment:%B %Y, %H:%M}</time>"
    )


def count_html(number: int, one: str, several: str) -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else several}"


def _comments_html(world: World, post: Post, link: str, *, whole: bool) -> str:
    most = 500 if whole else SHOWN_COMMENTS
    found = world.store.thread(post.platform, post.remote_id, limit=most + 1)
    if not found:
        return ""
    rows = "".join(_comment_html(world, comment, whole=whole) for comment in found[:most])
    more = f'<p><a href="{link}">All replies</a></p>' if len(found) > most else ""
    return f'<ul class="replies">{rows}</ul>{more}'


def _comment_html(world: World, comment: Comment, *, whole: bool) -> str:
    under = world.store.thread(comment.platform, comment.remote_id) if whole else []
    inner = "".join(_comment_html(world, reply, whole=False) for reply in under)
    return (
        f'<li><p class="by"><strong>{escape(comment.person.name)}</strong> '
        f'<span class="quiet">@{escape(comment.person.handle)} · '
        f'{time_html(comment.created_at)}</span></p><p class="text">{_linked(comment.text)}</p>'
        f"{f'<ul>{inner}</ul>' if inner else ''}</li>"
    )


def _medium_html(medium: Medium) -> str:
    source = f"/media/{medium.platform}/{escape(medium.remote_id)}"
    alt = escape(medium.alt_text)
    if medium.content_type.startswith("video/"):
        shown = f'<video controls preload="metadata" src="{source}"></video>'
    else:
        shown = f'<img src="{source}" alt="{alt}">'
    words = f"<figcaption>Alternative text: {alt}</figcaption>" if alt else ""
    return f'<figure class="medium">{shown}{words}</figure>'


def _linked(text: str) -> str:
    """The text with its addresses as links, safe to put into a page."""
    parts, at = [], 0
    for found in addresses(text):
        target = found.text if "://" in found.text else f"https://{found.text}"
        parts.append(escape(text[at : found.start]))
        parts.append(f'<a rel="nofollow" href="{escape(target)}">{escape(found.text)}</a>')
        at = found.end
    parts.append(escape(text[at:]))
    return "".join(parts)
