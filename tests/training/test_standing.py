"""How people stand: what they have, what is asked of them, and by when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.permissions import AccountRole, CorporateRole
from tests.factories import (
    AccountFactory,
    AccountGrantFactory,
    CourseFactory,
    CourseVersionFactory,
    PolicyVersionFactory,
    UserFactory,
    person,
)
from training.actions.acknowledgements import acknowledge
from training.actions.assigning import When, Whom, assign
from training.actions.completions import record_completion, withdraw_completion
from training.models import Course, Group
from training.standing import Learning, Standing, learning_due, standings

pytestmark = pytest.mark.django_db

MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
TODAY = date(2027, 3, 1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def course() -> Course:
    return CourseFactory(slug="safe-online", title="Safe online", needed_to_write=False)


def of(user: User, thing: object) -> Learning:
    (found,) = [each for each in standings([user]) if each.thing == thing]
    return found


def done(user: User, course: Course, on: date) -> None:
    record_completion(by=None, person=user, course=course, completed_on=on)


@pytest.mark.parametrize(
    ("completed_on", "standing"),
    [
        (date(2027, 2, 1), Standing.IN_DATE),
        (date(2026, 4, 1), Standing.IN_DATE),
        (date(2026, 3, 31), Standing.EXPIRES_SOON),
        (date(2026, 3, 1), Standing.EXPIRES_SOON),
        (date(2026, 2, 28), Standing.EXPIRED),
    ],
)
def test_a_completion_of_a_year_runs_out(
    course: Course, completed_on: date, standing: Standing
) -> None:
    user = UserFactory()
    done(user, course, completed_on)

    assert of(user, course).standing is standing


def test_a_withdrawn_completion_is_none(course: Course) -> None:
    user, hr = UserFactory(), person(CorporateRole.HR)
    done(user, course, TODAY)
    withdraw_completion(by=hr, completion=user.completions.get(), reason="Somebody else’s")

    assert of(user, course).standing is Standing.MISSING


def test_what_nobody_asks_has_no_due_date(course: Course) -> None:
    learning = of(UserFactory(), course)

    assert (learning.is_asked, learning.due_on, learning.is_due) == (False, None, False)


def test_whoever_may_write_is_asked_at_once() -> None:
    course = CourseFactory()
    drafter = AccountGrantFactory(account=AccountFactory(), role=AccountRole.DRAFTER).user

    learning = of(drafter, course)

    assert (learning.needed_for, learning.due_on) == ("Posting", TODAY)
    assert learning.holds_posting
    assert not of(UserFactory(), course).is_asked


def test_approving_asks_for_more_than_writing() -> None:
    course = CourseFactory(
        slug="approving", title="Approving", needed_to_write=False, needed_to_approve=True
    )
    account = AccountFactory()
    drafter = AccountGrantFactory(account=account, role=AccountRole.DRAFTER).user
    approver = AccountGrantFactory(account=account, role=AccountRole.APPROVER).user

    assert not of(drafter, course).is_asked
    assert of(approver, course).needed_for == "Approving"


def test_the_earliest_of_several_assignments_counts(course: Course) -> None:
    user = UserFactory()
    for days, whom in ((20, Whom(Group.EVERYBODY)), (5, Whom(Group.PERSON, person=user))):
        assign(by=None, thing=course, whom=whom, when=When(days=days))

    assert of(user, course).due_on == TODAY + timedelta(days=5)


def test_what_is_in_date_is_due_again_when_it_runs_out(course: Course) -> None:
    user = UserFactory()
    assign(by=None, thing=course, whom=Whom(Group.EVERYBODY), when=When(days=5))
    done(user, course, TODAY)

    assert of(user, course).due_on == date(2028, 3, 1)


def test_a_version_that_will_ask_again_is_due_the_day_before(course: Course) -> None:
    user = UserFactory()
    CourseVersionFactory(course=course)
    assign(by=None, thing=course, whom=Whom(Group.EVERYBODY), when=When(days=0))
    done(user, course, TODAY)
    CourseVersionFactory(course=course, number=2, asks_again_from=TODAY + timedelta(days=10))

    learning = of(user, course)
    assert learning.standing is Standing.EXPIRES_SOON
    assert learning.due_on == TODAY + timedelta(days=9)
    assert learning.asked_again_from == TODAY + timedelta(days=10)

    other = UserFactory()
    done(other, course, TODAY)
    assert of(other, course).asked_again_from is None


def test_from_its_day_on_older_completions_are_none(
    course: Course, clock: time_machine.Traveller
) -> None:
    user = UserFactory()
    CourseVersionFactory(course=course)
    done(user, course, TODAY)
    CourseVersionFactory(course=course, number=2, asks_again_from=TODAY + timedelta(days=10))
    clock.move_to(MONDAY + timedelta(days=10), tick=False)

    assert of(user, course).standing is Standing.MISSING


def test_a_version_that_asks_nobody_again_changes_nothing(course: Course) -> None:
    user = UserFactory()
    CourseVersionFactory(course=course)
    done(user, course, TODAY)
    CourseVersionFactory(course=course, number=2)

    assert of(user, course).standing is Standing.IN_DATE


def test_a_policy_stands_by_its_needed_version() -> None:
    first, user = PolicyVersionFactory(), UserFactory()
    acknowledge(by=user, version=first)
    later = TODAY + timedelta(days=20)
    PolicyVersionFactory(document=first.document, number=2, in_force_from=TODAY, needed_from=later)

    learning = of(user, first.document)
    assert (learning.standing, learning.asked_again_from) == (Standing.EXPIRES_SOON, later)


def test_the_most_urgent_is_first(course: Course) -> None:
    user = UserFactory()
    other = CourseFactory(slug="another", title="Another", needed_to_write=False)
    for thing, days in ((other, 9), (course, 3)):
        assign(by=None, thing=thing, whom=Whom(Group.EVERYBODY), when=When(days=days))

    assert [each.thing for each in learning_due(user)] == [course, other]


def test_many_people_take_as_many_queries_as_few(course: Course) -> None:
    PolicyVersionFactory()
    CourseFactory()
    for whom in (
        Whom(Group.EVERYBODY),
        Whom(Group.ACCOUNT_ROLE, account_role=AccountRole.SITE_OWNER),
    ):
        assign(by=None, thing=course, whom=whom, when=When(days=5))
    account = AccountFactory()

    def asked() -> int:
        people = list(User.objects.all())
        with CaptureQueriesContext(connection) as queries:
            standings(people)
        return len(queries)

    few = asked()
    for each in UserFactory.create_batch(20):
        AccountGrantFactory(account=account, user=each)
        done(each, course, TODAY)
    assert asked() == few
    assert few <= 9
