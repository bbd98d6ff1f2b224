"""X API v2 as tweepy and the product use it: posts, media, alt text, timelines, mentions.

Shapes and limits are X's own (its OpenAPI document 2.159, which calls `tweet.fields` `post.fields`
by now: both are understood). Signed-in calls carry OAuth 1.0a; the signature is not checked, the
access token is.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from typing import Any, NamedTuple

from platforms.sandbox import speaking, x_sign_in
from platforms.sandbox.calls import Answer, Api, Call, Endpoint, Limit
from platforms.sandbox.clock import seconds
from platforms.sandbox.rows import Account, Comment, Medium, Post
from platforms.sandbox.store import EVERY_ID
from platforms.sandbox.world import World
from platforms.sandbox.x_errors import XErrors, forbidden, invalid, limit_headers, not_there
from platforms.sandbox.x_resources import (
    account_user,
    comment_data,
    media_data,
    person_user,
    post_data,
)
from platforms.sandbox.x_words import written
from platforms.x_length import MOST, weighted_length

QUARTER_S = 900.0
DUPLICATE_S = 24 * 3600.0
"""For how long X remembers that the same account said the same. [X does not publish it]"""
EPOCH_MS = 1288834974657
PICTURE_BYTES = 5_000_000
ALT_TEXT = 1000
MEDIA_S = 86_400
ERRORS = XErrors()
_OAUTH = re.compile(r'oauth_token="([^"]+)"')


def token(call: Call) -> str:
    """The access token of OAuth 1.0a, or of a bearer."""
    header = call.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        return header.removeprefix("Bearer ")
    found = _OAUTH.search(header)
    return found[1] if found else ""


def new_id(world: World, what: str, account: Account | None, at: float) -> str:
    """Ids that grow with time, as X's do; short ones for accounts and people."""
    number = world.number()
    if what in ("account", "person"):
        return str(1_400_000_000 + number)
    return str((int(at * 1000) - EPOCH_MS << 22) | (number & 0x3FFFFF))


def _time_of(remote_id: int) -> float:
    """When the post with that id was made, in whole milliseconds."""
    return ((remote_id >> 22) + EPOCH_MS) / 1000


# Posting


def _text(call: Call) -> str:
    text = call.json().get("text")
    return text if isinstance(text, str) else ""


def create_post(call: Call) -> Answer:
    values, account = call.json(), call.who
    text = unicodedata.normalize("NFC", _text(call)).strip()
    media = _chosen_media(call, values)
    in_reply_to = (values.get("reply") or {}).get("in_reply_to_tweet_id", "")
    if not text and not media:
        raise invalid("text", "", "text or media is required.")
    if weighted_length(text) > MOST:
        raise forbidden("Your Tweet text is too long. For more information on how Twitter counts.")
    if in_reply_to and not _said(call, in_reply_to):
        raise forbidden("You attempted to reply to a Tweet that is deleted or not visible to you.")
    if text and call.store.copies(account, text, since=call.world.now() - DUPLICATE_S):
        return ERRORS.duplicate(call)
    post = _publish(call, account, text, media, in_reply_to)
    wire, _ = written(text, post.remote_id, account.handle, media)
    data = {"id": post.remote_id, "text": wire, "edit_history_tweet_ids": [post.remote_id]}
    return Answer(201, {"data": data})


def _publish(
    call: Call, account: Account, text: str, media: list[Medium], in_reply_to: str
) -> Post:
    now = call.world.now()
    post = call.store.add_post(
        account,
        new_id(call.world, "post", account, now),
        text=text,
        created_at=now,
        in_reply_to=in_reply_to,
    )
    call.store.attach(media, post)
    speaking.react(call.world, account, post)
    return post


def _chosen_media(call: Call, values: dict[str, Any]) -> list[Medium]:
    ids = (values.get("media") or {}).get("media_ids") or []
    if not isinstance(ids, list) or len(ids) > 4:
        raise invalid("media.media_ids", str(ids), "between 1 and 4 media ids are allowed.")
    found = [call.store.medium("x", str(media_id)) for media_id in ids]
    oldest = call.world.now() - MEDIA_S
    chosen = [
        medium
        for medium in found
        if medium and medium.account_id == call.who.id and medium.created_at > oldest
    ]
    if len(chosen) != len(ids):
        raise invalid("media.media_ids", str(ids), "Your media IDs are invalid.")
    return chosen


def _said(call: Call, remote_id: str) -> Post | Comment | None:
    post = call.store.post("x", remote_id)
    return post if post and not post.deleted_at else call.store.comment("x", remote_id)


def delete_post(call: Call) -> Answer:
    post = call.store.post("x", call.parts["id"])
    if post and post.account_id != call.who.id:
        raise forbidden("You are not allowed to delete this Tweet.")
    if post and not post.deleted_at:
        call.store.delete_post(post, call.world.now())
    return Answer(200, {"data": {"deleted": True}})


# Pictures


def upload(call: Call) -> Answer:
    values = call.json()
    try:
        data = base64.b64decode(values.get("media", ""), validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise invalid("media", "", "media is not base64.") from None
    if not data:
        raise invalid("media", "", "media is required.")
    if values.get("media_category") != "tweet_image":
        raise invalid("media_category", str(values.get("media_category")), "is not supported.")
    if len(data) > PICTURE_BYTES:
        raise invalid("media", "", f"File size exceeds {PICTURE_BYTES} bytes.")
    now = call.world.now()
    content_type = values.get("media_type") or "image/png"
    remote_id = new_id(call.world, "medium", call.who, now)
    call.store.add_medium(call.who, remote_id, content_type=content_type, data=data, created_at=now)
    about = {
        "id": remote_id,
        "media_key": f"3_{remote_id}",
        "size": len(data),
        "expires_after_secs": MEDIA_S,
    }
    return Answer(200, {"data": about, "meta": {}})


def describe(call: Call) -> Answer:
    """Alt text for a picture that was uploaded."""
    values = call.json()
    medium = call.store.medium("x", str(values.get("id", "")))
    if medium is None or medium.account_id != call.who.id:
        raise invalid("id", str(values.get("id")), "Media not found.")
    alt_text = ((values.get("metadata") or {}).get("alt_text") or {}).get("text")
    if not isinstance(alt_text, str) or len(alt_text) > ALT_TEXT:
        raise invalid("metadata.alt_text.text", "", f"must be at most {ALT_TEXT} characters.")
    call.store.set_alt_text(medium, alt_text)
    metadata = {"alt_text": {"text": alt_text}}
    return Answer(200, {"data": {"id": medium.remote_id, "associated_metadata": metadata}})


# Reading


def me(call: Call) -> Answer:
    return Answer(200, {"data": account_user(call, call.who)})


def one_post(call: Call) -> Answer:
    """A post by its id; one that is gone is an error in an answer of 200, as X has it."""
    remote_id = call.parts["id"]
    post = call.store.post("x", remote_id)
    if post is None or post.deleted_at:
        return Answer(200, {"errors": [not_there("tweet", "id", remote_id)]})
    account = call.store.account(post.account_id)
    body: dict[str, Any] = {"data": post_data(call, account, post)}
    media = media_data(call, post)
    return Answer(200, {**body, "includes": {"media": media}} if media else body)


def timeline(call: Call) -> Answer:
    account = _account_asked(call)
    since, until, between, most = _span(call)
    found = call.store.posts(account, since=since, until=until, between=between, limit=most + 1)
    data = [post_data(call, account, post) for post in found[:most]]
    includes = {"media": [m for post in found[:most] for m in media_data(call, post)]}
    return _page(data, includes, more=len(found) > most)


def mentions(call: Call) -> Answer:
    account = _account_asked(call)
    since, until, between, most = _span(call)
    kinds = ("mention", "comment")
    found = call.store.comments(
        account, kinds, since=since, until=until, between=between, limit=most + 1
    )
    data = [comment_data(call, account, comment) for comment in found[:most]]
    people = {comment.person.id: comment.person for comment in found[:most]}
    includes: dict[str, list[Any]] = {"users": []}
    if "author_id" in call.query.get("expansions", ""):
        includes["users"] = [person_user(person) for person in people.values()]
    return _page(data, includes, more=len(found) > most)


def _account_asked(call: Call) -> Account:
    account = call.store.account_by_remote_id("x", call.parts["id"])
    if account is None:
        raise invalid("id", call.parts["id"], f"Could not find user with id: {call.parts['id']}")
    return account


class Span(NamedTuple):
    """Which posts were asked for, and how many."""

    since: float
    until: float
    between: tuple[int, int]
    most: int


def _span(call: Call) -> Span:
    """What the query says; ids and the page's token go before times, as X has it."""
    query = call.query
    first, last = EVERY_ID
    try:
        since = seconds(query["start_time"]) if "start_time" in query else 0.0
        until = seconds(query["end_time"]) if "end_time" in query else 1e12
        if "since_id" in query:
            first = int(query["since_id"]) + 1
            since = _time_of(first)
        if "until_id" in query:
            last = int(query["until_id"]) - 1
        if "pagination_token" in query:
            last = int(query["pagination_token"], 36) - 1
        if last != EVERY_ID[1]:
            until = _time_of(last) + 0.001
        most = int(query.get("max_results", "10"))
    except ValueError as why:
        raise invalid("query", str(why), "is not a valid value.") from None
    if not 5 <= most <= 100:
        raise invalid("max_results", str(most), "must be between 5 and 100.")
    return Span(since, until, (first, last), most)


def _page(data: list[dict[str, Any]], includes: dict[str, list[Any]], *, more: bool) -> Answer:
    meta: dict[str, Any] = {"result_count": len(data)}
    body: dict[str, Any] = {"meta": meta}
    if data:
        body["data"] = data
        meta["newest_id"], meta["oldest_id"] = data[0]["id"], data[-1]["id"]
    if more:
        meta["next_token"] = _base36(int(data[-1]["id"]))
    filled = {name: values for name, values in includes.items() if values}
    if filled:
        body["includes"] = filled
    return Answer(200, body)


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, left = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[left] + digits
    return digits or "0"


API = Api(
    platform="x",
    prefix="/x",
    endpoints=(
        *x_sign_in.ENDPOINTS,
        Endpoint(
            "POST", "/2/tweets", "create_post", create_post, "publish", _text,
            limit=Limit(100, QUARTER_S),
        ),
        Endpoint(
            "DELETE", "/2/tweets/{id}", "delete_post", delete_post, "delete",
            limit=Limit(50, QUARTER_S),
        ),
        Endpoint("GET", "/2/tweets/{id}", "one_post", one_post, limit=Limit(900, QUARTER_S)),
        Endpoint(
            "POST", "/2/media/upload", "upload", upload, "upload", limit=Limit(500, QUARTER_S)
        ),
        Endpoint(
            "POST", "/2/media/metadata", "alt_text", describe, "upload",
            limit=Limit(500, QUARTER_S),
        ),
        Endpoint("GET", "/2/users/me", "me", me, limit=Limit(75, QUARTER_S)),
        Endpoint(
            "GET", "/2/users/{id}/tweets", "timeline", timeline, limit=Limit(900, QUARTER_S)
        ),
        Endpoint(
            "GET", "/2/users/{id}/mentions", "mentions", mentions, limit=Limit(300, QUARTER_S)
        ),
    ),
    errors=ERRORS,
    token=token,
    new_id=new_id,
    said_as=("mention", "comment"),
    limit_headers=limit_headers,
)  # fmt: skip
