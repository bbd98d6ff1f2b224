"""YouTube channels, through google-api-python-client (Data API v3, OAuth 2.0).

A post is a video with a title and a description. An upload session makes at most one video, so
a repeat within its session is safe; see youtube_upload.py.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from platforms.contract import (
    Absent,
    Checkpoint,
    Connection,
    Figures,
    Fold,
    Identity,
    Limits,
    Media,
    MediaKind,
    MentionPage,
    Outgoing,
    Platform,
    Removed,
    Sent,
    Shown,
)
from platforms.errors import Rejected, TryLater
from platforms.youtube_captions import YouTubeCaptions
from platforms.youtube_client import VENDOR, Transport, service
from platforms.youtube_errors import Gone, reading, removing
from platforms.youtube_mentions import next_page
from platforms.youtube_upload import SessionGone, Upload, Video, progress

PUBLIC = "https://www.youtube.com"
CLOCK_MARGIN = timedelta(minutes=5)
"""How far YouTube's clock and ours may be apart."""
UPLOADS_PAGES = 10
NO_CONTENT = 204
COUNTED = {"views": "viewCount", "likes": "likeCount", "comments": "commentCount"}
FIGURES = {"subscribers": "subscriberCount", "views": "viewCount", "videos": "videoCount"}


class YouTubeAdapter:
    """One channel on YouTube; see :class:`platforms.contract.Adapter`."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.transport = Transport(connection)
        self.service = service(self.transport)

    def identify(self) -> Identity:
        channel = self._channel("snippet")
        with reading():
            name, handle = str(channel["snippet"]["title"]), str(channel["snippet"]["customUrl"])
        return Identity(channel["id"], handle.removeprefix("@"), name, f"{PUBLIC}/{handle}")

    def figures(self) -> Figures:
        """A channel may hide how many subscribers it has: then the figure is missing."""
        channel = self._channel("statistics")
        with reading():
            counted = dict(channel["statistics"])
            if counted.get("hiddenSubscriberCount"):
                counted.pop("subscriberCount", None)
            values = {
                ours: int(counted[theirs]) for ours, theirs in FIGURES.items() if theirs in counted
            }
        return Figures(datetime.now(UTC).date(), values)

    def publish(
        self, outgoing: Outgoing, resume: Mapping[str, Any], checkpoint: Checkpoint
    ) -> Sent:
        """`resume` holds `session` (a secret) and `size` once an upload was begun."""
        upload = Upload(self.transport, self.service, outgoing, _only_video(outgoing))
        if resume.get("session"):
            session = str(resume["session"])
            try:
                standing = progress(self.transport, session, upload.size)
            except SessionGone:
                found = self._in_uploads(outgoing)
                if found:
                    return found
            else:
                if not isinstance(standing, int):
                    return self._sent(standing)
                upload.go_on(session, standing)
        return self._sent(upload.finish(checkpoint))

    def find(self, outgoing: Outgoing, resume: Mapping[str, Any]) -> Sent | Absent:
        """Without a session not a byte was sent; with one, YouTube itself says how far it is."""
        if not resume.get("session"):
            return Absent(safe_to_repeat=True)
        try:
            standing = progress(self.transport, str(resume["session"]), int(resume["size"]))
        except SessionGone:
            return self._in_uploads(outgoing) or Absent(safe_to_repeat=False)
        return Absent(safe_to_repeat=True) if isinstance(standing, int) else self._sent(standing)

    def look(self, remote_id: str) -> Shown | None:
        with reading():
            asked = self.service.videos().list(part="snippet,statistics", id=remote_id)
            found = asked.execute().get("items") or []
            if not found:
                return None
            snippet, counts = found[0]["snippet"], found[0].get("statistics") or {}
            text = f"{snippet['title']}\n\n{snippet['description']}".strip()
            figures = {ours: int(counts[name]) for ours, name in COUNTED.items() if name in counts}
        return Shown(text, self._address(remote_id), figures=figures)

    def remove(self, remote_id: str) -> Removed:
        statuses: list[int] = []
        request = self.service.videos().delete(id=remote_id)
        request.add_response_callback(lambda head: statuses.append(int(head.status)))
        try:
            with removing():
                request.execute()
                if statuses != [NO_CONTENT]:
                    raise ValueError("not YouTube's answer to a deletion")
        except Gone:
            return Removed(was_there=False)
        return Removed()

    def mentions(self, cursor: Mapping[str, Any]) -> MentionPage:
        channel_id = self.connection.remote_id or self.identify().remote_id
        return next_page(self.service, channel_id, self._address, cursor)

    # Reading

    def _channel(self, part: str) -> Mapping[str, Any]:
        with reading():
            answer = self.service.channels().list(part=f"id,{part}", mine=True).execute()
            channels = answer.get("items") or []
            if channels:
                return {**channels[0], "id": str(channels[0]["id"])}
        raise TryLater("This Google account has no YouTube channel.")

    def _in_uploads(self, outgoing: Outgoing) -> Sent | None:
        """The video among what the channel uploaded since the first try."""
        wanted = _key(outgoing.title), _key(outgoing.text)
        for remote_id, title, text in self._uploads(outgoing.first_tried_at - CLOCK_MARGIN):
            if (_key(title), _key(text)) == wanted:
                return Sent(remote_id, self._address(remote_id), text)
        return None

    def _uploads(self, since: datetime) -> Iterator[tuple[str, str, str]]:
        """Id, title and description of what was uploaded since then, newest first."""
        channel = self._channel("contentDetails")
        token: str | None = None
        for _ in range(UPLOADS_PAGES):
            with reading():
                answer = (
                    self.service.playlistItems()
                    .list(
                        part="snippet",
                        playlistId=channel["contentDetails"]["relatedPlaylists"]["uploads"],
                        maxResults=50,
                        pageToken=token,
                    )
                    .execute()
                )
                items = [item["snippet"] for item in answer["items"]]
                recent = [
                    (str(one["resourceId"]["videoId"]), str(one["title"]), str(one["description"]))
                    for one in items
                    if datetime.fromisoformat(one["publishedAt"]) >= since
                ]
                token = answer.get("nextPageToken")
            yield from recent
            if not token or len(recent) < len(items):
                return
        raise TryLater("There are too many new videos on this channel to look through.")

    def _sent(self, video: Video) -> Sent:
        remote_id = video["id"]
        text = str((video.get("snippet") or {}).get("description", ""))
        return Sent(remote_id, self._address(remote_id), text)

    def _address(self, video_id: str) -> str:
        base_url = self.connection.base_url.rstrip("/")
        return f"{PUBLIC if base_url == VENDOR else base_url}/watch?v={video_id}"


def _only_video(outgoing: Outgoing) -> Media:
    if not outgoing.title.strip():
        raise Rejected("A video on YouTube needs a title.")
    if len(outgoing.media) != 1 or outgoing.media[0].kind is not MediaKind.VIDEO:
        raise Rejected("A post on YouTube needs exactly one video, and nothing else.")
    return outgoing.media[0]


def _key(text: str) -> str:
    """The text without what YouTube changes: composed letters and spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _length(text: str) -> int:
    """YouTube counts a description in bytes."""
    return len(text.encode())


YOUTUBE = Platform(
    key="youtube",
    name="YouTube",
    limits=Limits(
        text=5000,
        count=_length,
        pictures=0,
        alt_text=0,
        picture_bytes=0,
        title=100,
        needs_video=True,
        videos=1,
        # YouTube takes far more; a video is held in memory while it is sent.
        video_bytes=500_000_000,
    ),
    connect=YouTubeAdapter,
    captioner=YouTubeCaptions,
    credential_fields=(
        "access_token",
        "refresh_token",
        "client_id",
        "client_secret",
        "token_uri",
    ),
    granted_fields=("access_token", "refresh_token"),
    fold=Fold(characters=160, lines=3),
    profile_url=lambda handle: f"{PUBLIC}/@{handle}",
    about_names="YouTube makes a link of an @name that is picked in YouTube Studio. Sent from here "
    "it stays plain words, and nobody is told.",
)
