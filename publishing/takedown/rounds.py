"""The round by the clock: hand out what is due, add what went live since, end what is over."""

from __future__ import annotations

from publishing.models import TakedownReason
from publishing.takedown import engine
from publishing.takedown.finishing import finish_what_is_over, to_look_at
from publishing.takedown.opening import open_takedown


def take_down() -> None:
    """One round; each takedown in a transaction of its own."""
    for takedown in to_look_at():
        open_takedown(
            post=takedown.post,
            kind=TakedownReason(takedown.kind),
            reason=takedown.reason,
            by=takedown.asked_by,
        )
        finish_what_is_over(takedown)
    engine.wake()
