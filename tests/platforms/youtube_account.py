"""A channel on the sandbox's YouTube, and videos for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from platforms.contract import Connection, Media, MediaKind, Outgoing
from platforms.sandbox.running import RunningSandbox
from platforms.youtube import YouTubeAdapter

TOKEN = "token-of-a-channel"
TITLE = "How to sort your rubbish"
WORDS = "Three bins, two weeks.\n\nhttps://www.wealdmoor.gov.uk/bins"


@dataclass
class YouTubeAccount:
    sandbox: RunningSandbox
    handle: str
    remote_id: str
    adapter: YouTubeAdapter

    def copies(self, text: str = WORDS, title: str = TITLE) -> int:
        control = self.sandbox.control
        return control.copies("youtube", self.handle, [text], title=title)[0]["copies"]

    def calls(self, text: str = WORDS) -> int:
        return self.sandbox.control.copies("youtube", self.handle, [text])[0]["calls"]

    def fault(self, kind: str, endpoint: str, **rule: Any) -> None:
        self.sandbox.control.fault(kind, platform="youtube", endpoint=endpoint, **rule)

    def say(self, text: str, **about: Any) -> dict[str, Any]:
        return self.sandbox.control.say("youtube", self.handle, text, **about)


def youtube_account(
    sandbox: RunningSandbox,
    handle: str = "WealdmoorDC",
    *,
    timeout_s: float = 5.0,
    base_url: str = "",
    most_bytes: int = 2_000_000,
) -> YouTubeAccount:
    made = sandbox.control.add_account(
        "youtube",
        handle,
        name="Wealdmoor District Council",
        tokens=[f"{TOKEN}-{handle}"],
        followers=321,
    )
    connection = Connection(
        platform="youtube",
        handle=handle,
        remote_id=made["remote_id"],
        base_url=base_url or sandbox.base_urls["youtube"],
        timeout_s=timeout_s,
        max_answer_bytes=most_bytes,
        credential={
            "access_token": f"{TOKEN}-{handle}",
            "refresh_token": "refresh",
            "client_id": "client",
            "client_secret": "client-secret",
            "token_uri": "https://oauth2.googleapis.com/token",
        },
    )
    return YouTubeAccount(sandbox, handle, made["remote_id"], YouTubeAdapter(connection))


def video(data: bytes = b"moving pictures") -> Media:
    return Media(
        kind=MediaKind.VIDEO,
        content_type="video/mp4",
        file_name="bins.mp4",
        alt_text="",
        digest="digest of a video",
        read=lambda: data,
    )


def outgoing(
    *media: Media,
    title: str = TITLE,
    text: str = WORDS,
    first_tried_at: datetime | None = None,
) -> Outgoing:
    return Outgoing(
        key="attempt-1",
        title=title,
        text=text,
        link="",
        media=media or (video(),),
        first_tried_at=first_tried_at or datetime.now(UTC),
    )
