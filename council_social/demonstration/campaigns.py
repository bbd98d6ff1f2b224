"""The campaigns that the story's posts belong to."""

from __future__ import annotations

from functools import partial

from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from publishing.actions.campaigning import Plan, add_campaign
from publishing.models import Campaign

CAMPAIGNS = {
    "Recycle right": "Fewer wrong things in the bins, so that less is thrown away.",
    "New bin days": "Everybody puts the right bin out on the right day from the first week.",
    "Cost of living": "Whoever struggles hears of the help that there is, and how to ask for it.",
    "Budget": "Residents know what the council spends, and say what they think of it.",
    "Libraries at night": "People who are at work all day find out that libraries open late.",
}
OWNER = "ana.lewis"


def tell_of_campaigns(story: Story, cast: Cast) -> None:
    story.at(story.day(540, "10:00"), partial(_begin, cast))


def _begin(cast: Cast) -> None:
    owner = cast.people[OWNER]
    for name, purpose in CAMPAIGNS.items():
        add_campaign(plan=Plan(name=name, purpose=purpose, owner=owner), by=owner)


def campaign_called(name: str) -> int | None:
    """Its id; None where there is none of that name."""
    return Campaign.objects.filter(name=name).values_list("pk", flat=True).first()
