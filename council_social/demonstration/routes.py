"""Who approves what besides the usual: routes, somebody who is away, and who stands in."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.utils import timezone

from accounts.permissions import CorporateRole
from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from publishing.actions.absences import enter_absence
from publishing.actions.routing import Named, RouteFacts, add_route
from publishing.models import Stage

BY = "tom.okafor"
AWAY, COVER = "martin.hale", "ana.lewis"


def tell_of_routes(story: Story, cast: Cast) -> None:
    """They were agreed on a moment ago: what was approved before needed none of it."""
    story.at(story.soon(-15), partial(_add, cast))
    story.at(story.soon(-10), partial(_go_away, cast))


def _add(cast: Cast) -> None:
    by, people = cast.people[BY], cast.people
    roads = RouteFacts(
        name="Roads: the highways manager approves",
        stages=((Stage.APPROVAL, Named(people=(people[AWAY],))),),
        accounts=[cast.accounts["roads-x"]],
        remind_after_h=4,
        escalate_after_h=24,
        escalate_to=people["david.brandt"],
        expire_after_h=120,
    )
    paid = RouteFacts(
        name="Paid promotion: a second pair of eyes",
        stages=(
            (Stage.APPROVAL, Named(role=CorporateRole.COMMUNICATIONS_OFFICER)),
            (Stage.SECOND_CHECK, Named(role=CorporateRole.COMMUNICATIONS_OFFICER)),
        ),
        is_paid=True,
        remind_after_h=24,
    )
    election = RouteFacts(
        name="During an election: the Monitoring Officer",
        stages=((Stage.SECOND_CHECK, Named(role=CorporateRole.MONITORING_OFFICER)),),
        in_election=True,
        remind_after_h=4,
    )
    for facts in (roads, paid, election):
        add_route(by=by, facts=facts)


def _go_away(cast: Cast) -> None:
    today = timezone.localdate()
    enter_absence(
        by=cast.people[AWAY],
        person=cast.people[AWAY],
        cover=cast.people[COVER],
        starts_on=today,
        ends_on=today + timedelta(days=6),
    )
