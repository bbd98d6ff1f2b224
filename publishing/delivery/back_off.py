"""How long to wait before the next try: longer each time, never all at the same moment."""

from __future__ import annotations

import random
from datetime import timedelta

from django.conf import settings


def pause(tries: int, after: timedelta | None = None) -> timedelta:
    """The pause after `tries` tries in a row that came to nothing.

    Twice as long each time up to a limit, with up to a quarter added at random; never shorter than
    `after`, what the platform asked for.
    """
    longest: float = settings.RETRY_MAX_S
    seconds = min(longest, settings.RETRY_FIRST_S * 2 ** min(tries - 1, 20))
    # Spreads retries; nothing secret depends on it.
    seconds *= 1 + random.random() / 4  # noqa: S311
    asked = after.total_seconds() if after else 0.0
    return timedelta(seconds=max(seconds, asked))
