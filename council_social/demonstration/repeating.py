"""A post that comes again every week: its next ones are made, and wait like any other."""

from __future__ import annotations

import uuid
from datetime import time
from functools import partial

from django.utils import timezone

from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from council_social.demonstration.words import LIBRARIES, Words
from council_social.demonstration.writing import Writing
from publishing.actions.occurrences import make_due
from publishing.actions.repeating import Rhythm, begin
from publishing.models import Frequency

CHESS = Words(
    "ben.carter", LIBRARIES, "Chess in the library",
    "Chess for everybody from 8 to 88, every Tuesday at 4pm in Weald Library. We have boards, and"
    " somebody who will lose to you gracefully.",
)  # fmt: skip
EVERY_WEEK = "Chess, every Monday"
MONDAY = 0


def tell_of_repeating(story: Story, cast: Cast) -> None:
    chess = Writing(cast, CHESS)
    story.at(story.day(1, "16:00"), chess.draft)
    story.at(story.day(1, "16:10"), partial(_repeat, cast, chess))


def _repeat(cast: Cast, writing: Writing) -> None:
    """The workers, who would make the next posts, are not there yet while the story is told."""
    rhythm = Rhythm(
        name=EVERY_WEEK,
        frequency=Frequency.WEEKLY,
        at=time(9),
        starts_on=timezone.localdate(),
        weekdays=(MONDAY,),
        skips_bank_holidays=True,
    )
    by = cast.people[CHESS.author]
    series = begin(post_id=writing.post_id, rhythm=rhythm, by=by, key=uuid.uuid4())
    make_due(series.pk)
