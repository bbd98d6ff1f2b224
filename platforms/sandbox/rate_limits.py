"""How many calls each account has left, in fixed windows as the vendors count them."""

from __future__ import annotations

from dataclasses import dataclass

from platforms.sandbox.calls import Limit


@dataclass(slots=True)
class Window:
    """`remaining` calls until `reset_at` (seconds since 1970)."""

    limit: int
    remaining: int
    reset_at: float


class RateLimits:
    """Kept in memory: a restarted sandbox begins new windows. `enforced` may be turned off."""

    def __init__(self) -> None:
        self.enforced = True
        self._windows: dict[tuple[int, str], Window] = {}

    def clear(self) -> None:
        self.enforced = True
        self._windows.clear()

    def take(self, account_id: int, endpoint: str, limit: Limit, now: float) -> Window:
        """Count one call; `remaining` is negative where it was one too many."""
        window = self._windows.get((account_id, endpoint))
        if window is None or window.reset_at <= now:
            window = Window(limit.calls, limit.calls, now + limit.window_s)
            self._windows[account_id, endpoint] = window
        if self.enforced or window.remaining > 0:
            window.remaining = max(-1, window.remaining - 1)
        return window
