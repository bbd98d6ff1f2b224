"""How X writes down posts, mentions, pictures and people: only what was asked for."""

from __future__ import annotations

from typing import Any

from platforms.sandbox.calls import Call
from platforms.sandbox.clock import iso
from platforms.sandbox.rows import Account, Comment, Person, Post
from platforms.sandbox.x_words import written


def _fields(call: Call, of: str) -> set[str]:
    names = (f"{of}.fields", "post.fields") if of == "tweet" else (f"{of}.fields",)
    return {field for name in names for field in call.query.get(name, "").split(",") if field}


def post_data(call: Call, account: Account, post: Post) -> dict[str, Any]:
    media = call.store.media_of(post)
    text, urls = written(post.text, post.remote_id, account.handle, media)
    every = {
        "created_at": iso(post.created_at),
        "author_id": account.remote_id,
        "conversation_id": post.in_reply_to or post.remote_id,
        "entities": {"urls": urls} if urls else None,
        "attachments": {"media_keys": [f"3_{m.remote_id}" for m in media]} if media else None,
        "referenced_tweets": _replied_to(post.in_reply_to),
        "public_metrics": {
            "retweet_count": 0,
            "reply_count": len(call.store.thread("x", post.remote_id)),
            "like_count": 0,
            "quote_count": 0,
            "bookmark_count": 0,
            "impression_count": 0,
        },
    }
    return _said_data(call, post.remote_id, text, every)


def comment_data(call: Call, account: Account, comment: Comment) -> dict[str, Any]:
    text, urls = written(comment.text, comment.remote_id, comment.person.handle, [])
    every = {
        "created_at": iso(comment.created_at),
        "author_id": comment.person.remote_id,
        "conversation_id": comment.in_reply_to or comment.remote_id,
        "entities": {"urls": urls} if urls else None,
        "in_reply_to_user_id": account.remote_id if comment.in_reply_to else None,
        "referenced_tweets": _replied_to(comment.in_reply_to),
    }
    return _said_data(call, comment.remote_id, text, every)


def _said_data(call: Call, remote_id: str, text: str, every: dict[str, Any]) -> dict[str, Any]:
    asked = _fields(call, "tweet")
    for expansion in call.query.get("expansions", "").split(","):
        asked.add({"attachments.media_keys": "attachments"}.get(expansion, expansion))
    more = {name: value for name, value in every.items() if name in asked and value is not None}
    return {"id": remote_id, "text": text, "edit_history_tweet_ids": [remote_id], **more}


def _replied_to(remote_id: str) -> list[dict[str, str]] | None:
    return [{"type": "replied_to", "id": remote_id}] if remote_id else None


def media_data(call: Call, post: Post) -> list[dict[str, Any]]:
    if "attachments.media_keys" not in call.query.get("expansions", ""):
        return []
    asked = _fields(call, "media")
    found = []
    for medium in call.store.media_of(post):
        every = {
            "alt_text": medium.alt_text,
            "url": f"{call.origin}/media/x/{medium.remote_id}",
        }
        more = {name: value for name, value in every.items() if name in asked and value}
        found.append({"media_key": f"3_{medium.remote_id}", "type": "photo", **more})
    return found


def account_user(call: Call, account: Account) -> dict[str, Any]:
    every = {
        "created_at": iso(account.created_at),
        "description": account.about,
        "public_metrics": {
            "followers_count": account.followers,
            "following_count": 0,
            "tweet_count": call.store.count_posts(account),
            "listed_count": 0,
        },
    }
    asked = _fields(call, "user")
    more = {name: value for name, value in every.items() if name in asked}
    return {"id": account.remote_id, "name": account.name, "username": account.handle, **more}


def person_user(person: Person) -> dict[str, Any]:
    return {"id": person.remote_id, "name": person.name, "username": person.handle}
