"""What one is told about a course or a policy, in every standing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from training.models import Course, PolicyDocument
from training.standing import Learning, Standing
from training.standing_in_words import in_words

DAY = date(2026, 3, 10)
GOOD = DAY + timedelta(days=100)
PAST = DAY - timedelta(days=5)
SOON = DAY + timedelta(days=9)

ASKED = Learning(
    thing=Course(title="A course"),
    user_id=1,
    standing=Standing.MISSING,
    expires=None,
    counts=None,
    needed_for="Everybody",
    due_on=SOON,
    holds_posting=False,
    asked_again_from=None,
)
HOLDING = replace(ASKED, holds_posting=True)
POSTING = replace(HOLDING, thing=Course(needed_to_write=True), needed_for="Posting", due_on=DAY)


def good(learning: Learning, standing: Standing = Standing.IN_DATE) -> Learning:
    return replace(learning, expires=GOOD, counts=GOOD, due_on=GOOD, standing=standing)


@pytest.mark.parametrize(
    ("learning", "said"),
    [
        (ASKED, "Do it by 19 March 2026."),
        (replace(ASKED, due_on=DAY), "Do it by 10 March 2026."),
        (replace(ASKED, due_on=PAST), "It was due on 5 March 2026."),
        (HOLDING, "Do it by 19 March 2026. After that you cannot post."),
        (replace(HOLDING, due_on=PAST), "You cannot post until it is done."),
        (POSTING, "You cannot post until it is done."),
        (
            replace(POSTING, thing=PolicyDocument(needed_to_write=True)),
            "You cannot post until it is done.",
        ),
        (
            replace(POSTING, thing=Course(needed_to_approve=True), needed_for="Approving"),
            "You cannot approve posts until it is done.",
        ),
        (good(POSTING), "Good until 18 June 2026."),
        (
            replace(
                HOLDING, expires=SOON, counts=SOON, due_on=SOON, standing=Standing.EXPIRES_SOON
            ),
            "Good until 19 March 2026. Do it by 19 March 2026. After that you cannot post.",
        ),
        (
            replace(good(ASKED, Standing.EXPIRES_SOON), asked_again_from=SOON),
            (
                "It has changed: what you did before counts until 18 March 2026. "
                "Do it by 18 June 2026."
            ),
        ),
        (
            replace(POSTING, expires=PAST, counts=SOON, due_on=PAST, standing=Standing.IN_GRACE),
            "It ran out on 5 March 2026. For posting it counts until 19 March 2026.",
        ),
        (
            replace(POSTING, expires=PAST, counts=PAST, due_on=PAST, standing=Standing.EXPIRED),
            "It ran out on 5 March 2026. You cannot post until it is done.",
        ),
        (
            replace(ASKED, expires=PAST, counts=PAST, due_on=PAST, standing=Standing.EXPIRED),
            "It ran out on 5 March 2026. It was due on 5 March 2026.",
        ),
        (
            replace(ASKED, needed_for="", due_on=None),
            "Not asked of you: for your own interest.",
        ),
        (replace(good(ASKED), needed_for="", due_on=None), "Good until 18 June 2026."),
    ],
)
def test_it_is_said_in_whole_sentences(learning: Learning, said: str) -> None:
    assert in_words(learning, DAY) == said
