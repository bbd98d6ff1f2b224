"""A platform of the tests' own: the accounts app does not care which one it talks to."""

from __future__ import annotations

from collections.abc import Mapping

from platforms.contract import Connection, Identity, Limits, Platform
from platforms.errors import PlatformError

LIMITS = Limits(text=280, count=len, pictures=4, alt_text=1000, picture_bytes=5_000_000)
FIELDS = ("token", "secret")
GOOD: Mapping[str, str] = {"token": "t0ken-value", "secret": "s3cret-value"}


class FakeAdapter:
    """Answers `identify` with the handle that its credential's token names, after “token-of-”."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def identify(self) -> Identity:
        if self.connection.credential["token"] == "refused":
            raise PlatformError("The sign-in is not valid.")
        handle = self.connection.credential.get("handle", self.connection.handle)
        return Identity(
            remote_id="4711",
            handle=handle,
            name=f"The real {handle}",
            url=f"https://fake.example/{handle}",
        )


FAKE = Platform(
    key="fake",
    name="Fakebook",
    limits=LIMITS,
    connect=FakeAdapter,  # type: ignore[arg-type]
    credential_fields=FIELDS,
    profile_url=lambda handle: f"https://fake.example/{handle}",
)
