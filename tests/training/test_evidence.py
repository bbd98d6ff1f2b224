"""The evidence: courses and policies, to the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.permissions import Permission
from pages.days import months_after
from tests.factories import CourseFactory, PolicyVersionFactory, UserFactory, trained
from training.evidence import lacks_learning, missing_learning
from training.models import Acknowledgement, Completion, PolicyVersion

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


def missing(user: User, permission: Permission = Permission.WRITE_POST, days: int = 0) -> list[str]:
    at = timezone.now() + timedelta(days=days)
    """What the provider says; the condition on all people must find the same person."""
    lacks = missing_learning([user], at)
    what = [lack.missing.what for lack in lacks if permission in lack.permissions]
    found = User.objects.filter(lacks_learning(permission, at), pk=user.pk).exists()
    assert found is bool(what)
    return what


def test_somebody_trained_lacks_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    user = trained(UserFactory())

    with django_assert_num_queries(2):
        assert list(missing_learning([user], timezone.now())) == []
    assert missing(user) == []


def test_a_course_never_done_is_missing() -> None:
    CourseFactory()

    assert missing(UserFactory()) == ["The course “Running a council account” is not done."]


@pytest.mark.parametrize("permission", [Permission.APPROVE_POST, Permission.GIVE_SECOND_CHECK])
def test_deciding_takes_a_course_that_writing_does_not(permission: Permission) -> None:
    user = trained(UserFactory())
    CourseFactory(
        slug="approving", title="Approving", needed_to_write=False, needed_to_approve=True
    )

    assert missing(user) == []
    assert missing(user, permission) == ["The course “Approving” is not done."]


def test_a_completion_is_good_to_the_end_of_its_last_day() -> None:
    user = trained(UserFactory())
    Completion.objects.filter(user=user).update(expires_on=TODAY(), counts_until=TODAY())

    assert missing(user) == []
    (said,) = missing(user, days=1)
    assert said.startswith("The course “Running a council account” expired on")


def test_the_longest_completion_counts() -> None:
    user = trained(UserFactory())
    old = Completion.objects.get(user=user)
    Completion.objects.create(
        user=user,
        course=old.course,
        completed_on=old.completed_on - timedelta(days=400),
        expires_on=TODAY() - timedelta(days=40),
        counts_until=TODAY() - timedelta(days=40),
    )

    assert missing(user) == []


def test_somebody_else_s_completion_does_not_help() -> None:
    trained(UserFactory())

    assert len(missing(UserFactory())) == 2


def test_several_are_asked_about_at_once_and_none_is_taken_for_another(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    done, expired, never = trained(UserFactory()), trained(UserFactory()), UserFactory()
    Completion.objects.filter(user=expired).update(
        expires_on=TODAY() - timedelta(days=1), counts_until=TODAY() - timedelta(days=1)
    )

    with django_assert_num_queries(2):
        lacks = list(missing_learning([done, expired, never], timezone.now()))

    assert [lack.user_id for lack in lacks] == [expired.pk, never.pk, never.pk]
    assert "expired on" in lacks[0].missing.what


def test_a_completion_in_the_future_does_not_count_yet() -> None:
    user = trained(UserFactory())
    Completion.objects.filter(user=user).update(completed_on=TODAY() + timedelta(days=1))

    assert missing(user) == ["The course “Running a council account” is not done."]


def test_approving_needs_its_own_courses_besides() -> None:
    user = trained(UserFactory())
    CourseFactory(
        slug="approving", title="Approving", needed_to_write=False, needed_to_approve=True
    )

    assert missing(user, Permission.WRITE_POST) == []
    assert missing(user, Permission.SCHEDULE_POST) == []
    assert missing(user, Permission.APPROVE_POST) == ["The course “Approving” is not done."]


def test_a_course_that_nothing_needs_is_never_missing() -> None:
    CourseFactory(slug="first-aid", title="First aid", needed_to_write=False)

    assert missing(UserFactory(), Permission.APPROVE_POST) == []


def test_a_new_version_of_a_policy_asks_again_from_the_day_it_is_in_force() -> None:
    user = trained(UserFactory())
    old = PolicyVersion.objects.get()
    PolicyVersionFactory(document=old.document, number=2, in_force_from=TODAY() + timedelta(days=2))

    assert missing(user, days=1) == []
    assert missing(user, days=2) == ["Social media policy, version 2 is not acknowledged."]


def test_an_acknowledgement_runs_out() -> None:
    user = trained(UserFactory())
    Acknowledgement.objects.filter(user=user).update(expires_on=TODAY())

    assert missing(user) == []
    (said,) = missing(user, days=1)
    assert said.startswith("Social media policy, version 1 expired on")


def test_a_policy_that_posting_does_not_need_is_never_missing() -> None:
    version = PolicyVersionFactory()
    version.document.needed_to_write = False
    version.document.save()

    assert missing(UserFactory()) == []


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 3, 10), 12, date(2027, 3, 10)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 8, 31), 18, date(2028, 2, 29)),
    ],
)
def test_months_later_is_a_day_that_exists(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later
