"""Who could post on a day: what was true then, whatever was done since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.extra.django import TestCase

from accounts.actions.leaving import end_employment, return_to_work
from accounts.actions.roles import end_account_role, grant_account_role
from accounts.actions.states import move_state
from accounts.models import AccountState, SocialAccount, User
from accounts.permissions import AccountRole, CorporateRole
from accounts.who_has_access.on_a_day import Person, who_could_post
from accounts.who_has_access.state_on_a_day import states_on
from tests.accounts.histories import STEPS, Steps, told
from tests.factories import (
    AccountFactory,
    AccountGrantFactory,
    CourseFactory,
    communications_officer,
    person,
)
from training.models import Completion

MONDAY = datetime(2027, 5, 3, 9, tzinfo=UTC)
DAY = timedelta(days=1)


QUICKLY = settings(
    deadline=None,
    # An example takes a good part of a second: making it smaller would take minutes.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)


class AnyHistory(TestCase):
    @settings(QUICKLY, max_examples=6)
    @given(STEPS)
    def test_the_answer_for_every_day_is_what_was_true_on_it(self, steps: Steps) -> None:
        compare(steps)

    @pytest.mark.slow
    @settings(QUICKLY, max_examples=200)
    @given(STEPS)
    def test_the_same_many_times(self, steps: Steps) -> None:
        compare(steps)


def compare(steps: Steps) -> None:
    with told(steps) as history:
        found = {
            day: {each.user.pk for each in who_could_post(history.account, day).could}
            for day in history.could
        }
    assert found == history.could


@pytest.fixture
def monday(db: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def drafter(account: SocialAccount, name: str = "Dan") -> User:
    someone = person(name=name)
    grant_account_role(by=None, user=someone, account=account, role=AccountRole.DRAFTER)
    return someone


def could(account: SocialAccount, day: date) -> set[str]:
    return {each.user.name for each in who_could_post(account, day).could}


def kept_out(account: SocialAccount, day: date, name: str) -> Person:
    return next(each for each in who_could_post(account, day).could_not if each.user.name == name)


def test_an_hour_is_enough(monday: time_machine.Traveller) -> None:
    account = AccountFactory()
    dan = drafter(account, name="Dan")
    monday.shift(timedelta(hours=1))
    end_account_role(by=None, user=dan, account=account, role=AccountRole.DRAFTER)
    monday.shift(3 * DAY)

    assert could(account, MONDAY.date()) == {"Dan"}
    assert could(account, MONDAY.date() + DAY) == set()


def test_what_was_learnt_later_does_not_count_for_before(monday: time_machine.Traveller) -> None:
    account = AccountFactory()
    dan = drafter(account, name="Dan")
    Completion.objects.filter(user=dan).update(recorded_at=MONDAY + 2 * DAY)
    monday.shift(5 * DAY)

    (missing,) = kept_out(account, MONDAY.date(), "Dan").missing
    assert "is not done" in missing.what
    assert could(account, (MONDAY + 2 * DAY).date()) == {"Dan"}


def test_a_course_is_not_asked_for_before_it_was_there(monday: time_machine.Traveller) -> None:
    account = AccountFactory()
    drafter(account, name="Dan")
    monday.shift(3 * DAY)
    CourseFactory(slug="new", title="New", needed_to_write=True, added_at=timezone.now())

    assert could(account, MONDAY.date()) == {"Dan"}
    assert could(account, timezone.localdate()) == {"Dan"}
    assert could(account, timezone.localdate() - DAY) == {"Dan"}
    monday.shift(DAY)
    assert could(account, timezone.localdate()) == set()


def test_coming_back_does_not_fill_the_days_between(monday: time_machine.Traveller) -> None:
    owner = person(name="Olu")
    account = AccountFactory(owner=owner)
    end_employment(by=None, person=owner, last_day=MONDAY.date() + DAY)
    monday.shift(10 * DAY)
    return_to_work(by=None, person=owner)

    assert could(account, MONDAY.date() + DAY) == {"Olu"}
    assert could(account, MONDAY.date() + 2 * DAY) == set()
    assert could(account, MONDAY.date() + 10 * DAY) == {"Olu"}


def test_an_owner_who_is_back_could_until_it_was_recorded_that_they_left(
    monday: time_machine.Traveller,
) -> None:
    owner = person(name="Olu")
    account = AccountFactory(owner=owner)
    monday.shift(2 * DAY)
    end_employment(by=None, person=owner, last_day=MONDAY.date() - DAY)
    return_to_work(by=None, person=owner)

    assert could(account, MONDAY.date()) == {"Olu"}
    assert could(account, MONDAY.date() + DAY) == {"Olu"}


def test_until_it_was_recorded_that_they_left_they_could(monday: time_machine.Traveller) -> None:
    account = AccountFactory()
    dan = drafter(account, name="Dan")
    monday.shift(5 * DAY)
    end_employment(by=None, person=dan, last_day=MONDAY.date())

    assert could(account, MONDAY.date() + 3 * DAY) == {"Dan"}
    assert could(account, MONDAY.date() + 5 * DAY) == {"Dan"}
    monday.shift(DAY)
    assert could(account, MONDAY.date() + 6 * DAY) == set()


def test_an_owner_who_left_is_named_with_the_reason(monday: time_machine.Traveller) -> None:
    owner = person(name="Olu")
    account = AccountFactory(owner=owner)
    end_employment(by=None, person=owner, last_day=MONDAY.date())
    monday.shift(2 * DAY)

    (missing,) = kept_out(account, timezone.localdate(), "Olu").missing
    assert missing.what == "Olu did not work for the council."


def test_corporate_roles_count_on_every_account(monday: time_machine.Traveller) -> None:
    communications_officer(name="Cat")
    person(CorporateRole.AUDITOR, name="Ava")

    found = who_could_post(AccountFactory(), MONDAY.date())

    assert [each.user.name for each in found.could] == ["Cat"]
    assert found.could[0].ways[0].role == "Communications officer, on every account"


def test_nobody_can_on_a_day_to_come(monday: time_machine.Traveller) -> None:
    account = AccountFactory()
    drafter(account)

    assert could(account, MONDAY.date() + DAY) == set()


def test_queries_do_not_grow_with_people(monday: time_machine.Traveller) -> None:
    account = AccountFactory()
    counts = []
    for more in (2, 12):
        for _ in range(more):
            AccountGrantFactory(user=person(), account=account)
        monday.shift(2 * DAY)
        with CaptureQueriesContext(connection) as queries:
            who_could_post(account, timezone.localdate())
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_the_states_of_a_day_come_from_the_trail(monday: time_machine.Traveller) -> None:
    account = AccountFactory()
    monday.shift(DAY)
    account = move_state(by=None, account=account, to=AccountState.SUSPENDED)
    monday.shift(DAY)

    assert states_on(account, MONDAY.date() - DAY) == []
    assert states_on(account, MONDAY.date()) == ["live"]
    assert states_on(account, MONDAY.date() + DAY) == ["suspended"]
    assert states_on(account, MONDAY.date() + 2 * DAY) == ["suspended"]
