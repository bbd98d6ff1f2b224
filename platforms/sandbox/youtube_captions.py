"""Captions of videos: captions.list and captions.insert of the YouTube Data API."""

from __future__ import annotations

import json
import re
from email import message_from_bytes
from email.message import Message
from email.policy import HTTP
from typing import Any

from platforms.sandbox.calls import Answer, Call, Problem
from platforms.sandbox.clock import iso
from platforms.sandbox.rows import Post
from platforms.sandbox.youtube_errors import bad_request, error, not_found
from platforms.sandbox.youtube_resources import etag, resource

NAME = 150
"""Letters of a track's name, at most."""
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def list_captions(call: Call) -> Answer:
    video = _video(call, call.query.get("videoId", ""))
    items = [_resource(call, video, track) for track in _tracks(video)]
    body = {"kind": "youtube#captionListResponse", "etag": etag(video.remote_id, items)}
    return Answer(200, {**body, "items": items})


def insert_captions(call: Call) -> Answer:
    """A track for a video: its particulars and its file in one body of two parts."""
    snippet, content = _parts(call)
    video = _video(call, str(snippet.get("videoId", "")))
    language, name = str(snippet.get("language", "")), str(snippet.get("name", ""))
    if not LANGUAGE.fullmatch(language):
        raise bad_request("invalidMetadata", "The request contains invalid metadata values.")
    if len(name) > NAME:
        raise bad_request("nameTooLong", "The name of the caption track is too long.")
    if not content.strip():
        raise bad_request("contentRequired", "The request does not include the caption content.")
    tracks = _tracks(video)
    if any((one["language"], one["name"]) == (language, name) for one in tracks):
        words = "The video already has a caption track of that name in that language."
        raise Problem(error(409, "captionExists", words, domain="youtube.caption"))
    track = {
        "id": call.world.apis["youtube"].new_id(call.world, "caption", call.who, 0.0),
        "language": language,
        "name": name,
        "draft": bool(snippet.get("isDraft", False)),
        "at": call.world.now(),
        "text": content.decode("utf-8", "replace"),
    }
    extra = {**video.extra, "captions": [*tracks, track]}
    call.store.change_post(video, title=video.title, text=video.text, extra=extra)
    return Answer(200, _resource(call, video, track))


def _video(call: Call, video_id: str) -> Post:
    """One of the caller's own, as only they see its tracks; else the vendor's error."""
    video = call.store.post("youtube", video_id)
    if video is None or video.deleted_at:
        words = "The video identified by the videoId parameter could not be found."
        raise not_found("videoNotFound", words)
    if video.account_id != call.who.id:
        words = "The permissions associated with the request are not sufficient."
        raise Problem(error(403, "forbidden", words, domain="youtube.caption"))
    return video


def _tracks(video: Post) -> list[dict[str, Any]]:
    return list(video.extra.get("captions", []))


def _parts(call: Call) -> tuple[dict[str, Any], bytes]:
    """The snippet and the file of a `multipart/related` body; raises the vendor's error."""
    head = f"Content-Type: {call.headers.get('Content-Type', '')}\r\n\r\n".encode()
    parts = list(message_from_bytes(head + call.body, policy=HTTP).iter_parts())
    if call.query.get("uploadType") != "multipart" or len(parts) != 2:
        raise bad_request("invalidParameter", "The sandbox takes multipart uploads.", "uploadType")
    about, file = (_payload(part) for part in parts)
    try:
        return dict(json.loads(about)["snippet"]), file
    except (ValueError, KeyError, TypeError):
        raise bad_request("invalidMetadata", "The request contains invalid metadata.") from None


def _payload(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _resource(call: Call, video: Post, track: dict[str, Any]) -> dict[str, Any]:
    snippet = {
        "videoId": video.remote_id,
        "lastUpdated": iso(track["at"], fraction=False),
        "trackKind": "standard",
        "language": track["language"],
        "name": track["name"],
        "audioTrackType": "unknown",
        "isCC": False,
        "isLarge": False,
        "isEasyReader": False,
        "isDraft": track["draft"],
        "isAutoSynced": False,
        "status": "serving",
    }
    return resource(call, "caption", track["id"], {"snippet": snippet})
