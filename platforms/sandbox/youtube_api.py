"""YouTube Data API v3 as google-api-python-client and the product use it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from itertools import islice

from platforms.sandbox import google_sign_in
from platforms.sandbox.calls import Answer, Api, Call, Endpoint, Limit, Problem
from platforms.sandbox.rows import Account, Comment
from platforms.sandbox.world import World
from platforms.sandbox.youtube_captions import insert_captions, list_captions
from platforms.sandbox.youtube_errors import YouTubeErrors, bad_request, error, not_found
from platforms.sandbox.youtube_resources import (
    channel_resource,
    comment_body,
    how_many,
    listing,
    page_token,
    playlist_item_resource,
    replies_to,
    resource,
    thread_resource,
    uploads_of,
    video_resource,
    videos_of,
)
from platforms.sandbox.youtube_uploads import put, start, title_and_text

ERRORS = YouTubeErrors()
DAY_S = 86_400.0
TIES = 50
"""How many comments of one moment a page token can stand between."""
UPLOADS = Limit(100, DAY_S)
UNITS = Limit(10_000, DAY_S)
CAPTIONS = Limit(25, DAY_S)
"""400 units each."""


def token(call: Call) -> str:
    kind, _, value = call.headers.get("Authorization", "").partition(" ")
    return value if kind == "Bearer" else call.query.get("access_token", "")


def new_id(world: World, what: str, account: Account | None, at: float) -> str:
    """Letters that look like chance: 11 for a video, UC and 22 for a channel, Ug for a comment."""
    drawn = hashlib.blake2b(f"{world.seed} {what} {world.number()}".encode(), digest_size=24)
    letters = base64.urlsafe_b64encode(drawn.digest()).decode()
    if what in ("account", "person"):
        return f"UC{letters[:22]}"
    return letters[:11] if what == "post" else f"Ug{letters[:24]}"


def channels(call: Call) -> Answer:
    ids = [one for one in call.query.get("id", "").split(",") if one]
    if call.query.get("mine") == "true":
        found = [call.who]
    elif ids:
        asked = [call.store.account_by_remote_id("youtube", one) for one in ids]
        found = [channel for channel in asked if channel]
    else:
        raise bad_request("missingRequiredParameter", "No filter selected.")
    return listing(
        call,
        "channel",
        found,
        lambda channel: channel_resource(call, channel),
        lambda channel: channel.remote_id,
    )


def videos(call: Call) -> Answer:
    asked = [call.store.post("youtube", one) for one in call.query.get("id", "").split(",")]
    found = [video for video in asked if video and not video.deleted_at]
    return listing(
        call,
        "video",
        found,
        lambda video: video_resource(call, call.store.account(video.account_id), video),
        lambda video: video.remote_id,
    )


def delete_video(call: Call) -> Answer:
    video = call.store.post("youtube", call.query.get("id", ""))
    if video is None or video.deleted_at:
        raise not_found("videoNotFound", "The video that you are trying to delete is not there.")
    if video.account_id != call.who.id:
        words = "The video that you are trying to delete cannot be deleted by you."
        raise Problem(error(403, "forbidden", words, domain="youtube.video"))
    call.store.delete_post(video, call.world.now())
    return Answer(204, b"")


def playlist_items(call: Call) -> Answer:
    """Only uploads: newest first, as YouTube lists them."""
    playlist = call.query.get("playlistId", "")
    channel = call.store.account_by_remote_id("youtube", f"UC{playlist[2:]}")
    if channel is None or playlist != uploads_of(channel):
        words = "The playlist identified with the request's playlistId cannot be found."
        raise not_found("playlistNotFound", words)
    found = list(enumerate(videos_of(call, channel)))
    return listing(
        call,
        "playlistItem",
        found,
        lambda item: playlist_item_resource(call, channel, item[1], item[0]),
        lambda item: item[1].remote_id,
    )


def comment_threads(call: Call) -> Answer:
    """Everything said about a channel or under one of its videos, newest first."""
    query = call.query
    video_id = query.get("videoId", "")
    channel_id = query.get("allThreadsRelatedToChannelId", "") or query.get("channelId", "")
    video = call.store.post("youtube", video_id) if video_id else None
    if video:
        channel = call.store.account(video.account_id)
    else:
        found = call.store.account_by_remote_id("youtube", channel_id)
        if found is None:
            raise not_found("channelNotFound", "The channel cannot be found.")
        channel = found
    tops = (
        comment
        for comment in _comments_of(call, channel)
        if _is_top(comment) and (not video or comment.in_reply_to == video.remote_id)
    )
    return listing(
        call,
        "commentThread",
        list(islice(tops, how_many(call, 20) + TIES)),
        lambda top: thread_resource(call, channel, top),
        _moment,
        default=20,
    )


def _moment(comment: Comment) -> str:
    return f"{comment.created_at!r} {comment.remote_id}"


def _comments_of(call: Call, channel: Account) -> Iterator[Comment]:
    """Everything said to a channel, newest first, from the moment in the page token on."""
    token = page_token(call).partition(" ")[0]
    try:
        until = float(token) if token else 1e12
    except ValueError:
        raise bad_request("invalidPageToken", "The page token is invalid.", "pageToken") from None
    offset, at_once = 0, 200
    while True:
        found = call.store.comments(
            channel, ("comment",), until=until, limit=at_once, offset=offset
        )
        yield from found
        if len(found) < at_once:
            return
        offset += at_once


def comments(call: Call) -> Answer:
    """The replies to one comment."""
    parent_id = call.query.get("parentId", "")
    parent = call.store.comment("youtube", parent_id)
    if parent is None:
        raise not_found("commentNotFound", "The comment cannot be found.")
    channel = call.store.account(parent.account_id)
    return listing(
        call,
        "comment",
        replies_to(call, parent_id),
        lambda reply: comment_body(channel, reply),
        lambda reply: reply.remote_id,
        default=20,
    )


def insert_comment(call: Call) -> Answer:
    """The channel answers a comment."""
    snippet = call.json().get("snippet") or {}
    parent_id, text = str(snippet.get("parentId", "")), _comment_text(call).strip()
    if not text:
        raise bad_request("commentTextRequired", "The comment must have text.")
    if call.store.comment("youtube", parent_id) is None:
        raise not_found("parentCommentNotFound", "The parent comment cannot be found.")
    now = call.world.now()
    remote_id = f"{parent_id}.{new_id(call.world, 'post', call.who, now)}"
    reply = call.store.add_post(
        call.who, remote_id, text=text, created_at=now, kind="reply", in_reply_to=parent_id
    )
    body = comment_body(call.who, reply)
    return Answer(200, resource(call, "comment", remote_id, {"snippet": body["snippet"]}))


def watch(call: Call) -> Answer:
    """A video's public page."""
    video = call.store.post("youtube", call.query.get("v", ""))
    if video is None or video.deleted_at:
        return Answer(404, b"This video is not available.", content_type="text/plain")
    handle = call.store.account(video.account_id).handle
    return Answer(302, b"", {"Location": f"/timeline/youtube/{handle}/{video.remote_id}"})


def _is_top(comment: Comment) -> bool:
    return not comment.in_reply_to.startswith("Ug")


def _comment_text(call: Call) -> str:
    return str((call.json().get("snippet") or {}).get("textOriginal", ""))


API = Api(
    platform="youtube",
    prefix="/youtube",
    endpoints=(
        *google_sign_in.ENDPOINTS,
        Endpoint(
            "POST", "/upload/youtube/v3/videos", "start_upload", start, "upload", limit=UPLOADS
        ),
        Endpoint(
            "PUT", "/upload/youtube/v3/videos", "upload_bytes", put, "publish", title_and_text
        ),
        Endpoint("GET", "/youtube/v3/channels", "channels", channels, limit=UNITS),
        Endpoint("GET", "/youtube/v3/videos", "videos", videos, limit=UNITS),
        Endpoint(
            "DELETE", "/youtube/v3/videos", "delete_video", delete_video, "delete", limit=UNITS
        ),
        Endpoint(
            "GET", "/youtube/v3/playlistItems", "playlist_items", playlist_items, limit=UNITS
        ),
        Endpoint(
            "GET", "/youtube/v3/commentThreads", "comment_threads", comment_threads, limit=UNITS
        ),
        Endpoint("GET", "/youtube/v3/comments", "comments", comments, limit=UNITS),
        Endpoint(
            "POST", "/youtube/v3/comments", "insert_comment", insert_comment, "publish",
            _comment_text, limit=UNITS,
        ),
        Endpoint("GET", "/youtube/v3/captions", "captions", list_captions, limit=UNITS),
        Endpoint(
            "POST", "/upload/youtube/v3/captions", "insert_captions", insert_captions, "upload",
            limit=CAPTIONS,
        ),
        Endpoint("GET", "/watch", "watch", watch, signed_in=False),
    ),
    errors=ERRORS,
    token=token,
    new_id=new_id,
    said_as=("comment",),
)  # fmt: skip
