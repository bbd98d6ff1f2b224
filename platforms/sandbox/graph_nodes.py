"""How the Graph API writes down pages, posts, photos and comments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from platforms.sandbox.calls import Call
from platforms.sandbox.graph_errors import invalid
from platforms.sandbox.graph_fields import Asked, chosen, parse
from platforms.sandbox.graph_paging import comments_page
from platforms.sandbox.rows import Account, Comment, Medium, Post

POST_DEFAULT = "created_time,message,id"
COMMENT_DEFAULT = "created_time,from,message,id"
PAGE_DEFAULT = "name,id"
PHOTO_DEFAULT = "created_time,name,id"
Values = dict[str, Any]
Node = Mapping[str, Any | Callable[[Asked], Any]]


def graph_time(at: float) -> str:
    """As Facebook writes times: 2026-11-21T09:30:00+0000."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


def asked_of(call: Call, default: str) -> tuple[Asked, ...]:
    """The fields that the call asks for."""
    try:
        return parse(call.field("fields") or default)
    except ValueError as why:
        raise invalid(call, f"fields: {why}") from None


def pick(call: Call, node: Node, asked: tuple[Asked, ...]) -> Values:
    """What was asked of a node; raises the vendor's error for a field that there is not."""
    try:
        return chosen(node, asked)
    except KeyError as missing:
        words = f"Tried accessing nonexisting field ({missing.args[0]})"
        raise invalid(call, words) from None


def page_node(call: Call, page: Account) -> Node:
    return {
        "id": page.remote_id,
        "name": page.name,
        "username": page.handle,
        "about": page.about or None,
        "link": f"{call.origin}/timeline/facebook/{page.handle}",
        "followers_count": page.followers,
        "fan_count": max(0, page.followers - page.followers // 20),
    }


def post_node(call: Call, page: Account, post: Post) -> Node:
    """A page's own post."""
    return {
        "id": post.remote_id,
        "message": post.text or None,
        "created_time": graph_time(post.created_at),
        "updated_time": graph_time(post.created_at),
        "from": {"name": page.name, "id": page.remote_id},
        "permalink_url": f"{call.origin}/timeline/facebook/{page.handle}/{post.remote_id}",
        "is_published": True,
        "is_hidden": False,
        "status_type": "added_photos" if call.store.media_of(post) else "mobile_status_update",
        "attachments": lambda asked: _attachments(call, post),
        "comments": lambda asked: comments_page(
            call,
            post.remote_id,
            asked.modifiers,
            lambda said: said_node(call, page, said, asked.inside),
        ),
    }


def tagged_node(call: Call, comment: Comment) -> Node:
    """A post of somebody else that names the page."""
    return {
        "id": comment.remote_id,
        "message": comment.text,
        "created_time": graph_time(comment.created_at),
        "updated_time": graph_time(comment.created_at),
        "from": {"name": comment.person.name, "id": comment.person.remote_id},
        "permalink_url": f"https://www.facebook.com/{comment.remote_id}",
        "is_published": True,
        "is_hidden": False,
        "status_type": "mobile_status_update",
        "attachments": None,
    }


def said_node(
    call: Call, page: Account, said: Comment | Post, asked: tuple[Asked, ...] = ()
) -> Values:
    """A comment, a resident's or the page's own."""
    parent = said.in_reply_to
    is_nested = call.store.comment("facebook", parent) is not None
    node = {
        "id": said.remote_id,
        "message": said.text,
        "created_time": graph_time(said.created_at),
        "from": _author(page, said),
        "permalink_url": f"https://www.facebook.com/{said.remote_id}",
        "like_count": 0,
        "comment_count": len(call.store.thread("facebook", said.remote_id)),
        "can_comment": True,
        "is_hidden": False,
        "parent": {"id": parent} if is_nested else None,
    }
    return pick(call, node, asked or parse(COMMENT_DEFAULT))


def photo_node(call: Call, medium: Medium, page: Account) -> Node:
    address = f"{call.origin}/media/facebook/{medium.remote_id}"
    return {
        "id": medium.remote_id,
        "name": medium.extra.get("name") or None,
        "created_time": graph_time(medium.created_at),
        "from": {"name": page.name, "id": page.remote_id},
        "alt_text": medium.alt_text or "May be an image of text",
        "alt_text_custom": medium.alt_text or None,
        "link": address,
        "page_story_id": medium.extra.get("story") or None,
        "images": [{"height": 720, "width": 960, "source": address}],
    }


def _author(page: Account, said: Comment | Post) -> Values:
    if isinstance(said, Post):
        return {"name": page.name, "id": page.remote_id}
    return {"name": said.person.name, "id": said.person.remote_id}


def _attachments(call: Call, post: Post) -> Values | None:
    pictures = [_picture(call, medium) for medium in call.store.media_of(post)]
    if len(pictures) > 1:
        album = {"media_type": "album", "type": "album", "subattachments": {"data": pictures}}
        return {"data": [album]}
    if pictures:
        return {"data": pictures}
    if post.link:
        link = {"media_type": "link", "type": "share", "url": post.link, "title": post.link}
        return {"data": [link]}
    return None


def _picture(call: Call, medium: Medium) -> Values:
    address = f"{call.origin}/media/facebook/{medium.remote_id}"
    return {
        "media": {"image": {"height": 720, "src": address, "width": 960}},
        "media_type": "photo",
        "target": {"id": medium.remote_id, "url": address},
        "type": "photo",
        "url": address,
    }
