"""Whom the demonstration's council asks for which course and policy."""

from __future__ import annotations

from functools import partial

from accounts.permissions import AccountRole, CorporateRole
from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from training.actions.assigning import When, Whom, assign
from training.models import Course, Group, PolicyDocument

OWNERS = Whom(Group.ACCOUNT_ROLE, account_role=AccountRole.SITE_OWNER)
MEMBERS = Whom(Group.CORPORATE_ROLE, corporate_role=CorporateRole.ELECTED_MEMBER)


def tell_of_assigning(story: Story, cast: Cast) -> None:
    """From the autumn before last on, people are asked for what their work needs."""
    story.at(story.day(300, "10:00"), partial(_assign, cast))


def _assign(cast: Cast) -> None:
    hr = cast.people["hugh.penrose"]
    everybody = Whom(Group.EVERYBODY)
    for slug, whom in (
        ("social-media-for-everyone", everybody),
        ("elected-members-online", MEMBERS),
        ("children-and-vulnerable-adults", _of_area(cast, "Libraries")),
        ("children-and-vulnerable-adults", _of_area(cast, "Leisure and parks")),
    ):
        assign(by=hr, thing=Course.objects.get(slug=slug), whom=whom, when=When(days=28))
    for slug, whom in (
        ("social-media-guidelines", everybody),
        ("site-owners-policy", OWNERS),
        ("members-guidance", MEMBERS),
    ):
        document = PolicyDocument.objects.get(slug=slug)
        assign(by=hr, thing=document, whom=whom, when=When(days=28))


def _of_area(cast: Cast, name: str) -> Whom:
    return Whom(Group.SERVICE_AREA, service_area=cast.areas[name])
