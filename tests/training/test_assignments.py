"""Assignments: whom they ask, by when, and what that does to the right to post."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.access import NotAllowed, may
from accounts.models import User
from accounts.permissions import AccountRole, CorporateRole, Permission
from audit.models import Entry
from tests.factories import (
    AccountFactory,
    AccountGrantFactory,
    CorporateGrantFactory,
    CourseFactory,
    PolicyVersionFactory,
    ServiceAreaFactory,
    UserFactory,
    drafter_of,
    person,
)
from tests.visiting import as_person, text_of
from training.actions.acknowledgements import acknowledge
from training.actions.assigning import When, Whom, assign, end_assignment
from training.actions.completions import record_completion
from training.asked import any_covers, asked_of
from training.covered import covered
from training.evidence import missing_learning
from training.models import Assignment, Completion, Course, Group
from training.standing import Standing, standings

pytestmark = pytest.mark.django_db

MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def course() -> Course:
    return CourseFactory(slug="safe-online", title="Safe online", needed_to_write=False)


def asked(assignment: Assignment) -> set[User]:
    """Whom it asks, as is told for some people and found among all: both must agree."""
    now = timezone.now()
    told = {each.user_id for each in asked_of(list(User.objects.all()), [assignment], now)}
    found = set(User.objects.filter(any_covers([assignment], now)))
    assert told == {user.pk for user in found}
    return found


def made(course: Course, whom: Whom, days: int = 14, *, holds: bool = False) -> Assignment:
    return assign(by=None, thing=course, whom=whom, when=When(days=days), holds_posting=holds)


def test_everybody_is_everybody(course: Course) -> None:
    people = {UserFactory(), UserFactory()}

    assert asked(made(course, Whom(Group.EVERYBODY))) == people


def test_a_service_area_holds_everything_below_it(course: Course) -> None:
    communities = ServiceAreaFactory()
    libraries = ServiceAreaFactory(parent=communities)
    inside = {UserFactory(service_area=communities), UserFactory(service_area=libraries)}
    UserFactory(service_area=ServiceAreaFactory())
    UserFactory()

    whom = Whom(Group.SERVICE_AREA, service_area=communities)
    assert asked(made(course, whom)) == inside


def test_a_role_asks_as_long_as_it_is_held(course: Course) -> None:
    grant = CorporateGrantFactory(role=CorporateRole.ELECTED_MEMBER)
    CorporateGrantFactory(role=CorporateRole.HR)
    rule = made(course, Whom(Group.CORPORATE_ROLE, corporate_role=CorporateRole.ELECTED_MEMBER))

    assert asked(rule) == {grant.user}
    grant.ended_at = timezone.now()
    grant.save()
    assert asked(rule) == set()


def test_owners_and_deputies_are_site_owners(course: Course) -> None:
    account = AccountFactory(deputy=UserFactory())
    granted = AccountGrantFactory(account=account, role=AccountRole.SITE_OWNER).user
    AccountGrantFactory(account=account, role=AccountRole.DRAFTER)
    rule = made(course, Whom(Group.ACCOUNT_ROLE, account_role=AccountRole.SITE_OWNER))

    assert asked(rule) == {account.owner, account.deputy, granted}


def test_the_days_begin_when_somebody_comes_under_it(course: Course) -> None:
    with time_machine.travel(MONDAY, tick=False):
        rule = made(course, Whom(Group.EVERYBODY), days=14)
        early = UserFactory(joined_at=MONDAY - timedelta(days=400))
        late = UserFactory(joined_at=MONDAY + timedelta(days=10))
        due = {
            each.user_id: each.due_on for each in asked_of([early, late], [rule], timezone.now())
        }

    assert due == {early.pk: date(2027, 3, 15), late.pk: date(2027, 3, 25)}


def test_an_overdue_assignment_takes_the_right_to_post_and_passing_gives_it_back(
    course: Course,
) -> None:
    account = AccountFactory()
    with time_machine.travel(MONDAY, tick=False) as clock:
        drafter = drafter_of(account)
        drafter.completions.filter(course=course).delete()
        made(course, Whom(Group.PERSON, person=drafter), days=2, holds=True)
        clock.move_to(MONDAY + timedelta(days=2), tick=False)
        assert may(drafter, Permission.WRITE_POST, on=account)

        clock.move_to(MONDAY + timedelta(days=3), tick=False)
        assert not may(drafter, Permission.WRITE_POST, on=account)

        record_completion(by=None, person=drafter, course=course, completed_on=date(2027, 3, 4))
        assert may(drafter, Permission.WRITE_POST, on=account)


def test_what_holds_posting_is_two_questions_more_whomever_it_asks(
    course: Course, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    area = ServiceAreaFactory()
    writers = [drafter_of(AccountFactory(), service_area=area) for _ in range(2)]
    for whom in (
        Whom(Group.SERVICE_AREA, service_area=area),
        Whom(Group.CORPORATE_ROLE, corporate_role=CorporateRole.HR),
        Whom(Group.ACCOUNT_ROLE, account_role=AccountRole.DRAFTER),
    ):
        made(course, whom, holds=True)
    later = timezone.now() + timedelta(days=15)
    Completion.objects.filter(course=course).delete()

    with django_assert_num_queries(4):
        lacks = list(missing_learning(writers, later))
    assert {lack.user_id for lack in lacks} == {each.pk for each in writers}


def test_an_assignment_that_only_reminds_leaves_the_right_to_post(course: Course) -> None:
    account = AccountFactory()
    with time_machine.travel(MONDAY, tick=False) as clock:
        drafter = drafter_of(account)
        drafter.completions.filter(course=course).delete()
        made(course, Whom(Group.PERSON, person=drafter), days=0)
        clock.move_to(MONDAY + timedelta(days=9), tick=False)

        assert may(drafter, Permission.WRITE_POST, on=account)
        (learning,) = [each for each in standings([drafter]) if each.thing == course]
        assert learning.is_late(timezone.localdate())


def test_a_policy_can_be_assigned_as_well() -> None:
    version = PolicyVersionFactory()
    document = version.document
    document.needed_to_write = False
    document.save()
    account = AccountFactory()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        began = timezone.now()
        drafter = drafter_of(account)
        drafter.acknowledgements.all().delete()
        assign(
            by=None,
            thing=document,
            whom=Whom(Group.EVERYBODY),
            when=When(days=0),
            holds_posting=True,
        )
        clock.move_to(began + timedelta(days=1), tick=False)
        assert not may(drafter, Permission.WRITE_POST, on=account)
        acknowledge(by=drafter, version=version)
        assert may(drafter, Permission.WRITE_POST, on=account)


@pytest.mark.parametrize(("grace", "after"), [(0, Standing.EXPIRED), (5, Standing.IN_GRACE)])
def test_days_of_grace_keep_the_right_to_post(grace: int, after: Standing) -> None:
    account = AccountFactory()
    with time_machine.travel(MONDAY, tick=False) as clock:
        drafter = drafter_of(account)
        course = Course.objects.get()
        course.grace_days = grace
        course.save()
        drafter.completions.all().delete()
        record_completion(by=None, person=drafter, course=course, completed_on=date(2026, 3, 2))
        drafter.acknowledgements.update(expires_on=date(2028, 1, 1))
        clock.move_to(datetime(2027, 3, 7, 12, tzinfo=UTC), tick=False)

        (learning,) = [each for each in standings([drafter]) if each.thing == course]
        assert learning.standing is after
        assert may(drafter, Permission.WRITE_POST, on=account) is (grace > 0)
        clock.move_to(datetime(2027, 3, 8, 12, tzinfo=UTC), tick=False)
        assert not may(drafter, Permission.WRITE_POST, on=account)


def test_the_same_group_is_not_asked_for_the_same_twice(course: Course) -> None:
    first = made(course, Whom(Group.EVERYBODY))

    with pytest.raises(ValidationError, match="has been asked for “Safe online” already"):
        made(course, Whom(Group.EVERYBODY), days=3)

    end_assignment(by=None, assignment=first)
    assert made(course, Whom(Group.EVERYBODY), days=3).pk != first.pk


def test_only_whoever_may_assign_does(course: Course) -> None:
    rule = made(course, Whom(Group.EVERYBODY))
    outsider = person()

    with pytest.raises(NotAllowed):
        assign(by=outsider, thing=course, whom=Whom(Group.EVERYBODY), when=When(days=1))
    with pytest.raises(NotAllowed):
        end_assignment(by=outsider, assignment=rule)
    rule.refresh_from_db()
    assert rule.ended_at is None


def test_whom_it_covers_is_counted(course: Course) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        done, *_ = UserFactory.create_batch(3)
        rule = made(course, Whom(Group.EVERYBODY), days=1)
        record_completion(by=None, person=done, course=course, completed_on=date(2027, 3, 1))
        counted = covered(rule)
        assert (counted.people, counted.to_do, counted.late) == (3, 2, 0)
        clock.move_to(MONDAY + timedelta(days=2), tick=False)
        assert covered(rule).late == 2


def test_the_list_asks_as_many_questions_however_many_assignments_there_are(
    course: Course, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(7):
        made(course, Whom(Group.SERVICE_AREA, service_area=ServiceAreaFactory()), days=1)
    hr = as_person(person(CorporateRole.HR))
    with django_assert_max_num_queries(18):
        answer = hr.get(reverse("assignments"))
    assert text_of(answer).count("Safe online") >= 7


def body(course: Course, **more: str) -> dict[str, str]:
    return {"thing": f"course-{course.pk}", "whom": "everybody", "due_days": "28", **more}


def test_hr_sees_whom_it_covers_before_it_is_made(course: Course) -> None:
    client, address = as_person(person(CorporateRole.HR)), reverse("assignment_new")
    UserFactory()

    check = client.post(address, body(course, holds_posting="on"))
    assert "2, of whom 1 has it to do" in text_of(check)
    assert "cannot write, move or approve posts" in text_of(check)
    assert not Assignment.objects.exists()

    done = client.post(address, body(course, holds_posting="on", confirmed="1"), follow=True)
    assert "“Safe online” is assigned to Everybody." in text_of(done)
    assert Assignment.objects.get().holds_posting
    assert Entry.objects.filter(event="training.assigned", subject_name="Safe online").exists()


def test_what_was_typed_comes_back_when_something_is_to_be_changed(course: Course) -> None:
    page = as_person(person(CorporateRole.HR)).post(
        reverse("assignment_new"), body(course, again="1")
    )

    assert page.status_code == 200
    assert 'value="28"' in page.content.decode()
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"thing": ""}, "Choose a course or a policy."),
        ({"thing": "course-999"}, "Choose a course or a policy on the list."),
        ({"whom": ""}, "Say who has to do it."),
        ({"whom": "role"}, "Choose a role."),
        ({"whom": "service_area"}, "Choose a service area."),
        ({"whom": "person"}, "Choose a person."),
        ({"due_days": ""}, "Enter a number of days, or one day for all."),
        ({"due_on": "31/03/2099"}, "Enter a number of days or one day for all, not both."),
        ({"due_days": "", "due_on": "1/1/2001"}, "The day must be today or in the future."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    course: Course, wrong: dict[str, str], said: str
) -> None:
    page = as_person(person(CorporateRole.HR)).post(
        reverse("assignment_new"), body(course, confirmed="1", **wrong)
    )

    assert page.status_code == 422
    assert said in text_of(page)
    assert not Assignment.objects.exists()


def test_one_is_ended_with_a_reason(course: Course) -> None:
    rule = made(course, Whom(Group.EVERYBODY))
    client = as_person(person(CorporateRole.HR))

    client.post(reverse("assignment_end", args=[rule.pk]), {"reason": "A new course takes over"})

    rule.refresh_from_db()
    assert rule.ended_at
    assert "Nothing is assigned yet" in text_of(client.get(reverse("assignments")))
    assert client.get(reverse("assignment_end", args=[rule.pk])).status_code == 404
