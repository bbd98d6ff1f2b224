"""How the YouTube Data API writes down channels, videos, playlist items and comments."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from platforms.sandbox.calls import Answer, Call
from platforms.sandbox.clock import iso
from platforms.sandbox.rows import Account, Comment, Post
from platforms.sandbox.youtube_errors import bad_request

Row = TypeVar("Row")
Values = dict[str, Any]
REPLIES_SHOWN = 5


def etag(*parts: object) -> str:
    drawn = hashlib.blake2b("|".join(map(str, parts)).encode(), digest_size=20).digest()
    return base64.urlsafe_b64encode(drawn).decode().rstrip("=")


def resource(call: Call, kind: str, remote_id: str, parts: Values) -> Values:
    """A resource with the parts that were asked for; raises the vendor's error for others."""
    asked = [part for part in call.query.get("part", "").split(",") if part]
    if not asked:
        raise bad_request("missingRequiredParameter", "No filter selected. part", "part")
    unknown = [part for part in asked if part not in {*parts, "id"}]
    if unknown:
        raise bad_request("unknownPart", f"'{unknown[0]}'", "part")
    chosen = {part: parts[part] for part in asked if parts.get(part) is not None}
    return {"kind": f"youtube#{kind}", "etag": etag(remote_id, chosen), "id": remote_id, **chosen}


def listing(
    call: Call,
    kind: str,
    rows: Sequence[Row],
    write: Callable[[Row], Values],
    mark: Callable[[Row], str],
    default: int = 5,
) -> Answer:
    """One page of `rows` after `pageToken`, whose inside `mark` makes."""
    most = how_many(call, default)
    start = _after(call, [mark(row) for row in rows])
    shown = rows[start : start + most]
    items = [write(row) for row in shown]
    body: Values = {
        "kind": f"youtube#{kind}ListResponse",
        "etag": etag(kind, [item["etag"] for item in items]),
        "pageInfo": {"totalResults": len(rows), "resultsPerPage": most},
        "items": items,
    }
    if start + most < len(rows):
        body["nextPageToken"] = base64.urlsafe_b64encode(mark(shown[-1]).encode()).decode()
    return Answer(200, body)


def how_many(call: Call, default: int) -> int:
    most = call.query.get("maxResults", str(default))
    if not most.isdecimal() or not 1 <= int(most) <= 100:
        raise bad_request("invalidParameter", f"Invalid value '{most}'.", "maxResults")
    return int(most)


def page_token(call: Call) -> str:
    """What stands inside the page token; empty where there is none."""
    try:
        return base64.urlsafe_b64decode(call.query.get("pageToken", "").encode()).decode()
    except (binascii.Error, ValueError):
        raise bad_request("invalidPageToken", "The page token is invalid.", "pageToken") from None


def _after(call: Call, marks: list[str]) -> int:
    """Behind the row that the page token names."""
    token = page_token(call)
    if not token:
        return 0
    if token not in marks:
        raise bad_request("invalidPageToken", "The page token is invalid.", "pageToken")
    return marks.index(token) + 1


def uploads_of(channel: Account) -> str:
    """The playlist of everything that a channel uploaded."""
    return f"UU{channel.remote_id[2:]}"


def channel_resource(call: Call, channel: Account) -> Values:
    views = sum(_views(post) for post in call.store.posts(channel, limit=1000))
    parts = {
        "snippet": {
            "title": channel.name,
            "description": channel.about,
            "customUrl": f"@{channel.handle}",
            "publishedAt": iso(channel.created_at, fraction=False),
        },
        "statistics": {
            "viewCount": str(views),
            "subscriberCount": str(channel.followers),
            "hiddenSubscriberCount": False,
            "videoCount": str(len(videos_of(call, channel))),
        },
        "contentDetails": {"relatedPlaylists": {"likes": "", "uploads": uploads_of(channel)}},
    }
    return resource(call, "channel", channel.remote_id, parts)


def videos_of(call: Call, channel: Account) -> list[Post]:
    """What the channel uploaded and did not delete, newest first."""
    return [post for post in call.store.posts(channel, limit=5000) if post.kind == "post"]


def video_resource(call: Call, channel: Account, video: Post) -> Values:
    said = call.store.thread("youtube", video.remote_id, limit=5000)
    parts = {
        "snippet": {
            "publishedAt": iso(video.created_at, fraction=False),
            "channelId": channel.remote_id,
            "title": video.title,
            "description": video.text,
            "thumbnails": {},
            "channelTitle": channel.name,
            "categoryId": "22",
            "liveBroadcastContent": "none",
            "localized": {"title": video.title, "description": video.text},
        },
        "status": {
            "uploadStatus": "uploaded",
            "privacyStatus": video.extra.get("privacy", "public"),
            "license": "youtube",
            "embeddable": True,
            "publicStatsViewable": True,
            "selfDeclaredMadeForKids": False,
        },
        "statistics": {
            "viewCount": str(_views(video)),
            "likeCount": "0",
            "favoriteCount": "0",
            "commentCount": str(len(said)),
        },
    }
    return resource(call, "video", video.remote_id, parts)


def playlist_item_resource(call: Call, channel: Account, video: Post, position: int) -> Values:
    playlist = uploads_of(channel)
    published = iso(video.created_at, fraction=False)
    parts = {
        "snippet": {
            "publishedAt": published,
            "channelId": channel.remote_id,
            "title": video.title,
            "description": video.text,
            "thumbnails": {},
            "channelTitle": channel.name,
            "playlistId": playlist,
            "position": position,
            "resourceId": {"kind": "youtube#video", "videoId": video.remote_id},
            "videoOwnerChannelTitle": channel.name,
            "videoOwnerChannelId": channel.remote_id,
        },
        "contentDetails": {"videoId": video.remote_id, "videoPublishedAt": published},
    }
    return resource(call, "playlistItem", etag(playlist, video.remote_id), parts)


def thread_resource(call: Call, channel: Account, top: Comment) -> Values:
    replies = replies_to(call, top.remote_id)
    first = [comment_body(channel, reply, top.in_reply_to) for reply in replies[-REPLIES_SHOWN:]]
    snippet = {
        "channelId": channel.remote_id,
        "topLevelComment": comment_body(channel, top, top.in_reply_to),
        "canReply": True,
        "totalReplyCount": len(replies),
        "isPublic": True,
    }
    if top.in_reply_to:
        snippet["videoId"] = top.in_reply_to
    parts = {"snippet": snippet, "replies": {"comments": first} if first else None}
    return resource(call, "commentThread", top.remote_id, parts)


def replies_to(call: Call, comment_id: str) -> list[Comment | Post]:
    """What residents and the channel answered to a comment, oldest first."""
    said: list[Comment | Post] = [*call.store.thread("youtube", comment_id, limit=5000)]
    said += call.store.replies("youtube", comment_id)
    return sorted(said, key=lambda one: one.created_at)


def comment_body(channel: Account, said: Comment | Post, video_id: str = "") -> Values:
    """A comment resource whole, as it stands inside a thread."""
    author = channel if isinstance(said, Post) else said.person
    author_id, handle = author.remote_id, author.handle
    snippet = {
        "channelId": channel.remote_id,
        "textDisplay": said.text,
        "textOriginal": said.text,
        "authorDisplayName": f"@{handle}",
        "authorProfileImageUrl": "",
        "authorChannelUrl": f"http://www.youtube.com/@{handle}",
        "authorChannelId": {"value": author_id},
        "canRate": True,
        "viewerRating": "none",
        "likeCount": 0,
        "publishedAt": iso(said.created_at, fraction=False),
        "updatedAt": iso(said.created_at, fraction=False),
    }
    if video_id:
        snippet["videoId"] = video_id
    if said.in_reply_to and said.in_reply_to != video_id:
        snippet["parentId"] = said.in_reply_to
    mark = etag(said.remote_id, said.text)
    return {"kind": "youtube#comment", "etag": mark, "id": said.remote_id, "snippet": snippet}


def _views(video: Post) -> int:
    """As many as its name says: the sandbox has nobody who watches."""
    drawn = hashlib.blake2b(video.remote_id.encode(), digest_size=2).digest()
    return 20 + int.from_bytes(drawn, "big") % 2000
