"""Posts that were live and were taken down: one by the service, one left for a person."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from council_social.demonstration import unfinished
from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from council_social.demonstration.writing import Writing
from publishing.actions.taking_down import take_down
from publishing.models import Removal, RemovalState, TakedownReason
from publishing.takedown.engine import wake
from publishing.takedown.removing import remove_delivery

BY = "sian.morgan"
LONG_S = 7200
"""A wait that a platform asks for and that is too long for a takedown."""


def deeds_of(story: Story, cast: Cast, taken: Writing, left: Writing) -> list[Callable[[], object]]:
    """What takes the first down, and what fails to take the second down."""
    return [
        partial(_take_down, cast, taken, TakedownReason.MISTAKE, unfinished.TAKEN_DOWN_BECAUSE),
        partial(_hold_up, story, cast, left),
    ]


def _take_down(cast: Cast, writing: Writing, kind: TakedownReason, reason: str) -> None:
    take_down(post_id=writing.post_id, kind=kind, reason=reason, by=cast.people[BY])
    wake()
    for removal in Removal.objects.filter(state=RemovalState.REMOVING).order_by("pk"):
        remove_delivery(removal.pk)


def _hold_up(story: Story, cast: Cast, writing: Writing) -> None:
    story.control.fault("rate_limit", platform="x", endpoint="delete", seconds=LONG_S)
    _take_down(cast, writing, TakedownReason.COMPLAINT, unfinished.LEFT_BECAUSE)
    story.control.clear_faults()
