"""What may go wrong with a platform: few errors, and each means one thing to the engine.

Messages are plain English for the person who wrote the post. They never hold a secret, an address
with a query string, or an answer's body.
"""

from __future__ import annotations

from datetime import timedelta


class PlatformError(Exception):
    """Base of all: the message may be shown to a person."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Rejected(PlatformError):
    """The platform refused this post for good; repeating it unchanged is pointless."""


class TryLater(PlatformError):
    """The platform certainly did not accept the post; it may be tried again.

    `after` is how long the platform asked us to wait, where it said so.
    `whole_platform` says that the trouble is not this account's alone (feeds the circuit).
    """

    def __init__(
        self, message: str, after: timedelta | None = None, whole_platform: bool = False
    ) -> None:
        super().__init__(message)
        self.after = after
        self.whole_platform = whole_platform


class SignInExpired(PlatformError):
    """The account's sign-in is no longer valid: a person must connect it again."""


class OutcomeUnknown(PlatformError):
    """The post may or may not be live: never repeat it without reading back first."""
