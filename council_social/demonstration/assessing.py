"""What the owners say of each hazard, and the assessments of which there is more to tell."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.utils import timezone

from accounts.actions import risk
from accounts.models import Hazard, RiskAssessment
from accounts.risk.hazard_scores import HazardScores
from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story

SUMMARY = (
    "A wrong or careless post harms trust. Two people see every post; the owner reads the replies"
    " each working day."
)
YEAR = timedelta(days=365)
USUAL = (
    (3, 4, 1, 4), (3, 3, 2, 3), (3, 4, 2, 3), (2, 4, 1, 4), (2, 5, 1, 5),
    (3, 3, 2, 2), (3, 4, 1, 4), (3, 5, 1, 5), (4, 2, 2, 2), (4, 3, 2, 3),
)  # fmt: skip
"""Likelihood and impact before the controls and with them, in the order of the template."""
TAKEN_OVER = "Account takeover"
SINCE_THE_ATTACK = (4, 5, 3, 5)
CHILDREN = "Safeguarding"
WRITING_TO_EACH_OTHER = (4, 5, 3, 5)


def assess(
    cast: Cast,
    account: str,
    summary: str = SUMMARY,
    worse: dict[str, tuple[int, ...]] | None = None,
) -> RiskAssessment:
    """By the account's owner, as of today; `worse` names hazards that are not as usual."""
    owner = cast.accounts[account].owner
    scores = []
    for number, hazard in enumerate(Hazard.objects.in_use()):
        usual = USUAL[number % len(USUAL)]
        likelihood, impact, left, harm = (worse or {}).get(hazard.name, usual)
        scores.append(
            HazardScores(
                hazard, likelihood, impact, left, harm, hazard.usual_controls or "As usual"
            )
        )
    return risk.assess(
        by=owner,
        account=cast.accounts[account],
        hazards=scores,
        # Only asked for where the template is empty.
        likelihood=2,
        impact=3,
        summary=summary,
        review_on=timezone.localdate() + YEAR,
        risk_owner=owner,
    )


def tell_of_assessments(story: Story, cast: Cast) -> None:
    """One is high, and signed off; one is high and waits for that; one was returned."""
    story.at(story.day(9, "10:10"), partial(_where_children_write, cast))
    story.at(story.day(2, "09:35"), partial(_after_the_attack, cast))
    story.at(story.day(6, "14:20"), partial(_review_and_return, cast))


def _where_children_write(cast: Cast) -> None:
    made = assess(
        cast,
        "youth-facebook",
        "Children answer here, and write to each other. Two people of communications read every"
        " post before it goes out.",
        {CHILDREN: WRITING_TO_EACH_OTHER},
    )
    risk.sign_off(by=cast.people["mei.lin"], assessment=made)


def _after_the_attack(cast: Cast) -> None:
    assess(
        cast,
        "recycling-facebook",
        "A neighbouring council lost its page last month. One of our three editors still signs in"
        " without a second factor.",
        {TAKEN_OVER: SINCE_THE_ATTACK},
    )


def _review_and_return(cast: Cast) -> None:
    made = assess(cast, "parks-facebook")
    reason = "Say who reads the replies at weekends in summer, when most of them come."
    risk.return_to_assessor(by=cast.people["ana.lewis"], assessment=made, reason=reason)
