"""An account on the sandbox's X, and posts for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from platforms.contract import Connection, Media, MediaKind, Outgoing
from platforms.sandbox.running import RunningSandbox
from platforms.x import XAdapter

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


@dataclass
class XAccount:
    sandbox: RunningSandbox
    handle: str
    remote_id: str
    adapter: XAdapter

    def copies(self, text: str) -> int:
        return self.sandbox.control.copies("x", self.handle, [text])[0]["copies"]

    def calls(self, text: str) -> int:
        return self.sandbox.control.copies("x", self.handle, [text])[0]["calls"]

    def fault(self, kind: str, endpoint: str, **rule: Any) -> None:
        self.sandbox.control.fault(kind, platform="x", endpoint=endpoint, **rule)


def x_account(
    sandbox: RunningSandbox,
    handle: str = "WealdmoorDC",
    *,
    timeout_s: float = 5.0,
    base_url: str = "",
    most_bytes: int = 2_000_000,
) -> XAccount:
    token = f"token-of-{handle}"
    made = sandbox.control.add_account(
        "x", handle, name="Wealdmoor District Council", tokens=[token], followers=1234
    )
    connection = Connection(
        platform="x",
        handle=handle,
        remote_id=made["remote_id"],
        base_url=base_url or sandbox.base_urls["x"],
        timeout_s=timeout_s,
        max_answer_bytes=most_bytes,
        credential={
            "consumer_key": "consumer",
            "consumer_secret": "consumer-secret",
            "access_token": token,
            "access_token_secret": "token-secret",
        },
    )
    return XAccount(sandbox, handle, made["remote_id"], XAdapter(connection))


def outgoing(text: str, *media: Media, first_tried_at: datetime | None = None) -> Outgoing:
    return Outgoing(
        key="attempt-1",
        title="",
        text=text,
        link="",
        media=media,
        first_tried_at=first_tried_at or datetime.now(UTC),
    )


def picture(alt_text: str = "A green bin on a pavement", data: bytes = PNG) -> Media:
    return Media(
        kind=MediaKind.PICTURE,
        content_type="image/png",
        file_name="bin.png",
        alt_text=alt_text,
        digest=f"digest of {alt_text}",
        read=lambda: data,
    )


def ignore(kept: object) -> None:
    """A checkpoint that keeps nothing."""
