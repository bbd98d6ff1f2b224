"""One video onto YouTube: a session, its bytes in pieces, one video at the end.

A session's address is kept before the first byte goes out. However often the last byte arrives,
and from whichever worker, a session makes one video; asking it (`bytes */N`) says how far it is.
Whoever knows the address can go on with the upload: it is a secret (`resume["session"]`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import httplib2
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaIoBaseUpload

from platforms.contract import Checkpoint, Media, Outgoing
from platforms.errors import TryLater
from platforms.youtube_client import Transport
from platforms.youtube_errors import reading, sending

PIECE = 8 * 1024 * 1024
"""A multiple of 256 KiB, as Google asks for."""
Video = Mapping[str, Any]


class SessionGone(Exception):
    """YouTube does not know the session (any more)."""


class Upload:
    """The upload of one video to one channel; `service` is the library's client."""

    def __init__(self, transport: Transport, service: Any, outgoing: Outgoing, file: Media) -> None:
        self._transport = transport
        data = file.read()
        self.size = len(data)
        self._request = service.videos().insert(
            part="snippet,status",
            body={
                "snippet": {"title": outgoing.title, "description": outgoing.text},
                "status": {"privacyStatus": "public", "selfDeclaredMadeForKids": False},
            },
            media_body=MediaIoBaseUpload(
                BytesIO(data), mimetype=file.content_type, chunksize=PIECE, resumable=True
            ),
        )

    def go_on(self, session: str, received: int) -> None:
        """Begin after what the session has already."""
        self._request.resumable_uri = session
        self._request.resumable_progress = received

    def finish(self, checkpoint: Checkpoint) -> Video:
        """Send what is missing; the video as YouTube gives it back, with an id."""
        way = _Keeping(self._transport, lambda session: self._keep(session, checkpoint))
        # Twice as many answers as there are pieces is more than enough.
        for _ in range(2 * (self.size // PIECE + 2)):
            is_last = self._request.resumable_progress + PIECE >= self.size
            if self._request.resumable_uri:
                checkpoint({"publishing": True} if is_last else {})
            with sending(lambda is_last=is_last: is_last and way.has_session):  # type: ignore[misc]
                _, video = self._request.next_chunk(http=way, num_retries=0)
                if video is not None:
                    return {**video, "id": str(video["id"])}
        raise TryLater("YouTube did not take the whole video.")

    def _keep(self, session: str, checkpoint: Checkpoint) -> None:
        """The first piece follows at once, and may be the last."""
        kept: dict[str, Any] = {"session": session, "size": self.size}
        checkpoint({**kept, "publishing": True} if self.size <= PIECE else kept)


class _Keeping:
    """The library's way out while it opens a session: it sends the first byte at once after it."""

    def __init__(self, transport: Transport, keep: Callable[[str], None]) -> None:
        self._transport = transport
        self._keep = keep
        self.has_session = False

    def request(
        self, uri: str, method: str = "GET", **rest: Any
    ) -> tuple[httplib2.Response, bytes]:
        if method == "PUT":
            self.has_session = True
        response, content = self._transport.request(uri, method, **rest)
        if method == "POST" and response.status == 200 and "location" in response:
            self._keep(response["location"])
        return response, content


def progress(transport: Transport, session: str, size: int) -> Video | int:
    """The video where it is complete, or how many bytes have arrived. Raises SessionGone."""
    with reading():
        response, content = transport.request(
            session, "PUT", headers={"Content-Range": f"bytes */{size}"}
        )
        if response.status == 308:
            given = response.get("range", "")
            return int(given.rpartition("-")[2]) + 1 if given else 0
        if response.status in (200, 201):
            return _video(content)
        if response.status not in (404, 410):
            raise HttpError(response, content)
    raise SessionGone


def _video(content: bytes) -> Video:
    video = json.loads(content)
    return {**video, "id": str(video["id"])}
