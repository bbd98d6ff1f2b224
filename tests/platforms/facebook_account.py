"""A page on the sandbox's Facebook, and posts for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from platforms.contract import Connection, Media, Outgoing
from platforms.facebook import FacebookAdapter
from platforms.sandbox.running import RunningSandbox

TOKEN = "token-of-a-page"


@dataclass
class FacebookAccount:
    sandbox: RunningSandbox
    handle: str
    remote_id: str
    adapter: FacebookAdapter

    def copies(self, text: str) -> int:
        return self.sandbox.control.copies("facebook", self.handle, [text])[0]["copies"]

    def calls(self, text: str) -> int:
        return self.sandbox.control.copies("facebook", self.handle, [text])[0]["calls"]

    def fault(self, kind: str, endpoint: str, **rule: Any) -> None:
        self.sandbox.control.fault(kind, platform="facebook", endpoint=endpoint, **rule)

    def say(self, text: str, **about: Any) -> dict[str, Any]:
        return self.sandbox.control.say("facebook", self.handle, text, **about)


def facebook_account(
    sandbox: RunningSandbox,
    handle: str = "WealdmoorDC",
    *,
    timeout_s: float = 5.0,
    base_url: str = "",
    most_bytes: int = 2_000_000,
    extra: dict[str, Any] | None = None,
) -> FacebookAccount:
    made = sandbox.control.add_account(
        "facebook",
        handle,
        name="Wealdmoor District Council",
        tokens=[f"{TOKEN}-{handle}"],
        followers=2000,
        extra=extra,
    )
    connection = Connection(
        platform="facebook",
        handle=handle,
        remote_id=made["remote_id"],
        base_url=base_url or sandbox.base_urls["facebook"],
        timeout_s=timeout_s,
        max_answer_bytes=most_bytes,
        credential={"access_token": f"{TOKEN}-{handle}"},
    )
    return FacebookAccount(sandbox, handle, made["remote_id"], FacebookAdapter(connection))


def outgoing(
    text: str, *media: Media, link: str = "", first_tried_at: datetime | None = None
) -> Outgoing:
    return Outgoing(
        key="attempt-1",
        title="",
        text=text,
        link=link,
        media=media,
        first_tried_at=first_tried_at or datetime.now(UTC),
    )
