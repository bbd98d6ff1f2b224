"""What happens, said as it happens: a line for each step, with the seconds since the beginning."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
LOOK_EVERY_S = 0.25


class NotInTime(Exception):
    """Something did not happen in the time that it may take; the message is for a person."""


class Steps:
    def __init__(self, say: Callable[[str], object]) -> None:
        self._say = say
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def done(self, what: str, *more: str) -> None:
        self._say(f"  ✓ {self.seconds:5.1f} s  {what}")
        for line in more:
            self._say(f"             {line}")

    def wait_for(self, what: str, look: Callable[[], T | None], within_s: float) -> T:
        """What `look` gives, as soon as it gives something. Raises NotInTime."""
        until = time.monotonic() + within_s
        while (found := look()) is None:
            if time.monotonic() > until:
                raise NotInTime(f"{what} did not happen within {within_s:.0f} seconds.")
            time.sleep(LOOK_EVERY_S)
        return found
