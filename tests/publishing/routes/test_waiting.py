"""Whom posts wait for where routes decide it: quick on every page, and never yesterday's answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import SocialAccount, User
from accounts.permissions import CorporateRole
from publishing.actions.absences import enter_absence
from publishing.actions.routing import Named, RouteFacts, add_route, change_route
from publishing.models import Stage
from publishing.queue import count_waiting_for
from tests.factories import communications_officer, digital_officer
from tests.publishing.making import decided, in_hours, submitted
from tests.visiting import as_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officers() -> tuple[User, User]:
    return communications_officer(name="Ana Lewis"), communications_officer(name="Bea Shaw")


def named(*people: User, name: str = "One of us") -> RouteFacts:
    return RouteFacts(name=name, stages=((Stage.APPROVAL, Named(people=people)),))


def counts(*people: User) -> list[int]:
    return [count_waiting_for(each) for each in people]


def test_a_decision_a_change_of_the_route_and_an_absence_count_at_once(
    author: User, account: SocialAccount, officers: tuple[User, User]
) -> None:
    ana, bea = officers
    tom = digital_officer()
    posts = [submitted(author, account, at=in_hours(hours)) for hours in (5, 6, 7)]
    assert counts(ana, bea) == [3, 3]
    route = add_route(by=tom, facts=named(ana))
    assert counts(ana, bea) == [3, 0]
    decided(posts[0], ana)
    assert counts(ana, bea) == [2, 0]
    submitted(author, account, at=in_hours(8), text="The library shuts at noon on Friday.")
    assert counts(ana, bea) == [3, 0]
    change_route(by=tom, route=route, facts=named(bea))
    assert counts(ana, bea) == [0, 3]
    today = timezone.localdate()
    enter_absence(by=bea, person=bea, cover=ana, starts_on=today, ends_on=today)
    assert counts(ana, bea) == [3, 3]


def test_what_cannot_be_seen_to_have_changed_is_looked_at_again_after_a_minute(
    clock: time_machine.Traveller, author: User, account: SocialAccount, officers
) -> None:
    ana, _ = officers
    submitted(author, account, at=in_hours(5))
    route = add_route(by=digital_officer(), facts=named(ana))
    assert counts(ana) == [1]
    # Nobody does this: it stands for all that the answers rest on and that nothing tells of.
    route.stages.get().people.clear()
    route.stages.update(role=CorporateRole.MONITORING_OFFICER)
    clock.shift(timedelta(seconds=61))
    assert counts(ana) == [0]


def test_a_page_asks_few_questions_more_because_of_routes_however_many_posts_wait(
    author: User, account: SocialAccount, officers: tuple[User, User]
) -> None:
    ana, bea = officers
    add_route(by=digital_officer(), facts=named(ana, bea))
    asked = []
    for more in (2, 6):
        for number in range(more):
            text = f"The library shuts at {number + more} on Friday."
            submitted(author, account, at=in_hours(5 + number), text=text)
        visitor = as_person(ana)
        visitor.get(reverse("help"))
        with CaptureQueriesContext(connection) as queries:
            visitor.get(reverse("help"))
        asked.append(len(queries))
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            visitor.get(reverse("help"))
        asked.append(len(queries))
    assert asked[:2] == asked[2:]
    warm, cold = asked[:2]
    assert warm <= 18
    assert cold <= 36
