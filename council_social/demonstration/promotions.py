"""Promotions that were paid for, refused, agreed to by one, and asked for just now."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.utils import timezone

from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from publishing.actions.promoting import (
    Asked,
    Result,
    agree_to_budget,
    agree_to_words,
    ask_for_promotion,
    record_spend,
    refuse_promotion,
)
from publishing.models import Post, Promotion

BUDGET_HOLDER, COMMUNICATIONS = "ruth.alder", "ana.lewis"
BIN_DAYS = "Garden waste: sign up again"
SCHOOLS = "School places: the last week"
JOBS = "Jobs: 14 of them"
CARERS = "Thank you, carers"


def tell_of_promotions(story: Story, cast: Cast) -> None:
    """Each a few days after its post was published."""
    story.at(story.day(27, "10:00"), partial(_ask, cast, SCHOOLS, "council-facebook", 12_000))
    story.at(story.day(27, "11:00"), _about(SCHOOLS, partial(_agree, cast)))
    story.at(story.day(18, "09:00"), _about(SCHOOLS, partial(_record, cast)))
    story.at(story.day(14, "10:00"), partial(_ask, cast, JOBS, "council-facebook", 40_000))
    story.at(story.day(13, "16:00"), _about(JOBS, partial(_refuse, cast)))
    story.at(story.soon(-600), partial(_ask, cast, BIN_DAYS, "council-facebook", 9_500))
    story.at(story.soon(-500), _about(BIN_DAYS, partial(_agree_to_words, cast)))
    story.at(story.soon(-240), partial(_ask, cast, CARERS, "council-facebook", 6_000))


def _ask(cast: Cast, title: str, account: str, pence: int) -> None:
    today = timezone.localdate()
    ask_for_promotion(
        post_id=Post.objects.get(title=title).pk,
        account=cast.accounts[account],
        asked=Asked(
            objective="Reach people who do not follow us, before the last day",
            audience="Adults who live in Wealdmoor",
            budget_pence=pence,
            starts_on=today + timedelta(days=1),
            ends_on=today + timedelta(days=8),
            cost_code="COM-2240",
        ),
        budget_holder=cast.people[BUDGET_HOLDER],
        key=uuid.uuid4(),
        by=cast.people["david.brandt"],
    )


def _about(title: str, deed: Callable[[int], object]) -> Callable[[], object]:
    return lambda: deed(Promotion.objects.get(post__title=title).pk)


def _agree(cast: Cast, promotion_id: int) -> None:
    agree_to_budget(promotion_id=promotion_id, by=cast.people[BUDGET_HOLDER])
    _agree_to_words(cast, promotion_id)


def _agree_to_words(cast: Cast, promotion_id: int) -> None:
    agree_to_words(promotion_id=promotion_id, by=cast.people[COMMUNICATIONS])


def _record(cast: Cast, promotion_id: int) -> None:
    result = Result(
        spent_pence=11_840, reached=21_300, clicks=914, result="212 forms came in on those days."
    )
    record_spend(promotion_id=promotion_id, result=result, by=cast.people["david.brandt"])


def _refuse(cast: Cast, promotion_id: int) -> None:
    refuse_promotion(
        promotion_id=promotion_id,
        reason="£400 is more than is left this quarter. Ask again in April, or for less.",
        by=cast.people[BUDGET_HOLDER],
    )
