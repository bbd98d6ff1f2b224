"""Resumable uploads as Google does them: a session, pieces, a question how far it is, one video.

However often the last piece arrives, a session makes one video and answers with it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

from platforms.sandbox import speaking
from platforms.sandbox.calls import Answer, Call, Problem
from platforms.sandbox.youtube_errors import bad_request, error
from platforms.sandbox.youtube_resources import video_resource

TITLE = 100
DESCRIPTION_BYTES = 5000
GRAIN = 262_144
"""Every piece but the last is a multiple of this."""
_PIECE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
_QUESTION = re.compile(r"bytes \*/(\d+|\*)")


def start(call: Call) -> Answer:
    """Check what the video is to be called and open a session for its bytes."""
    if call.query.get("uploadType") != "resumable":
        raise bad_request("invalidParameter", "The sandbox takes resumable uploads.", "uploadType")
    values = call.json()
    snippet, status = values.get("snippet") or {}, values.get("status") or {}
    title, description = str(snippet.get("title", "")), str(snippet.get("description", ""))
    _check_words(title, description)
    size = call.headers.get("X-Upload-Content-Length", "")
    if not size.isdecimal() or int(size) == 0:
        raise bad_request("mediaBodyRequired", "The request does not include the video content.")
    upload_id = _new_upload_id(call)
    session = {
        "account": call.who.id,
        "title": title,
        "description": description,
        "privacy": status.get("privacyStatus", "public"),
        "content_type": call.headers.get("X-Upload-Content-Type", "video/mp4"),
        "size": int(size),
        "received": 0,
        "pieces": 0,
        "video": "",
        "query": {"part": call.query.get("part", "snippet,status")},
    }
    call.store.keep(_name(upload_id), session)
    location = (
        f"{call.origin}/youtube/upload/youtube/v3/videos?uploadType=resumable"
        f"&part={session['query']['part']}&upload_id={upload_id}"
    )
    headers = {"Location": location, "X-GUploader-UploadID": upload_id}
    return Answer(200, b"", headers)


def put(call: Call) -> Answer:
    """A piece, or the question how far it is (`bytes */N`)."""
    upload_id = call.query.get("upload_id", "")
    session = call.store.kept(_name(upload_id))
    if not session or session["account"] != call.who.id:
        raise Problem(Answer(404, b"Not Found", content_type="text/plain"))
    if session["video"]:
        return _video(call, session)
    wanted = call.headers.get("Content-Range", f"bytes 0-{session['size'] - 1}/{session['size']}")
    if _QUESTION.fullmatch(wanted):
        return _incomplete(session)
    piece = _PIECE.fullmatch(wanted)
    if piece is None or int(piece[2]) - int(piece[1]) + 1 != len(call.body):
        raise bad_request("invalidContentRange", "Failed to parse Content-Range header.")
    return _take(call, upload_id, session, int(piece[1]))


def title_and_text(call: Call) -> str:
    """What the session of a piece is to say; nothing for a question."""
    if _QUESTION.fullmatch(call.headers.get("Content-Range", "")):
        return ""
    session = call.store.kept(_name(call.query.get("upload_id", "")))
    return str(session["description"]) if session else ""


def _take(call: Call, upload_id: str, session: dict[str, Any], first: int) -> Answer:
    """Keep what is new of a piece; with the last byte there is a video."""
    if first > session["received"]:
        return _incomplete(session)
    fresh = call.body[session["received"] - first :]
    is_last = session["received"] + len(fresh) >= session["size"]
    if not is_last:
        fresh = fresh[: len(fresh) // GRAIN * GRAIN]
    if fresh:
        piece = base64.b64encode(fresh).decode()
        call.store.keep(f"{_name(upload_id)} {session['pieces']}", piece)
        session["pieces"] += 1
        session["received"] += len(fresh)
    if is_last:
        session["video"] = _make_video(call, upload_id, session)
    call.store.keep(_name(upload_id), session)
    return _video(call, session) if is_last else _incomplete(session)


def _make_video(call: Call, upload_id: str, session: dict[str, Any]) -> str:
    names = [f"{_name(upload_id)} {number}" for number in range(session["pieces"])]
    data = b"".join(base64.b64decode(call.store.kept(name)) for name in names)
    for name in names:
        call.store.keep(name, "")
    channel, now = call.who, call.world.now()
    video_id = call.world.apis["youtube"].new_id(call.world, "post", channel, now)
    video = call.store.add_post(
        channel,
        video_id,
        title=session["title"],
        text=session["description"],
        created_at=now,
        extra={"privacy": session["privacy"]},
    )
    call.store.add_medium(
        channel,
        video_id,
        content_type=session["content_type"],
        data=data,
        created_at=now,
        post=video,
    )
    speaking.react(call.world, channel, video)
    return video_id


def _video(call: Call, session: dict[str, Any]) -> Answer:
    video = call.store.post("youtube", session["video"])
    if video is None:
        raise Problem(error(404, "videoNotFound", "The video cannot be found."))
    return Answer(200, video_resource(call, call.who, video))


def _incomplete(session: dict[str, Any]) -> Answer:
    """308, Resume Incomplete: which bytes have arrived."""
    received = session["received"]
    headers = {"Range": f"bytes=0-{received - 1}"} if received else {}
    return Answer(308, b"", headers, "text/plain")


def _check_words(title: str, description: str) -> None:
    if not title.strip() or len(title) > TITLE or "<" in title or ">" in title:
        words = "The request metadata specifies an invalid or empty video title."
        raise bad_request("invalidTitle", words, "body.snippet.title")
    too_long = len(description.encode()) > DESCRIPTION_BYTES
    if too_long or "<" in description or ">" in description:
        words = "The request metadata specifies an invalid video description."
        raise bad_request("invalidDescription", words, "body.snippet.description")


def _new_upload_id(call: Call) -> str:
    seed = f"{call.world.seed} upload {call.world.number()}"
    return "AFiumC" + hashlib.blake2b(seed.encode(), digest_size=32).hexdigest()


def _name(upload_id: str) -> str:
    return f"upload {upload_id}"
