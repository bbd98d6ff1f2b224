"""The sandbox's time: the real one, or shifted by the control API for a test."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class Clock:
    def __init__(self) -> None:
        self.shift_s = 0.0

    def now(self) -> float:
        return time.time() + self.shift_s

    def set(self, at: float | None) -> None:
        """Make it `at` now (time goes on from there); None: the real time again."""
        self.shift_s = 0.0 if at is None else at - time.time()


def iso(at: float, *, fraction: bool = True) -> str:
    """`at` in RFC 3339 with `Z`, with milliseconds unless told otherwise."""
    moment = datetime.fromtimestamp(at, UTC)
    text = moment.isoformat(timespec="milliseconds" if fraction else "seconds")
    return text.replace("+00:00", "Z")


def seconds(text: str) -> float:
    """Seconds since 1970 from RFC 3339; raises `ValueError`. Without a zone it is UTC."""
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
