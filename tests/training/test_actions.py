"""Recording completions and acknowledging policies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.access import NotAllowed
from accounts.models import User
from accounts.permissions import CorporateRole
from audit.catalogue import Event
from audit.models import Entry
from pages.days import months_after
from tests.factories import (
    CourseFactory,
    PolicyVersionFactory,
    UserFactory,
    digital_officer,
    person,
)
from training.actions.acknowledgements import acknowledge
from training.actions.completions import record_completion
from training.models import Acknowledgement, Completion

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr() -> User:
    return person(CorporateRole.HR)


def last_entry() -> Entry:
    return Entry.objects.order_by("-sequence")[0]


def test_hr_records_a_completion(hr: User) -> None:
    someone, course = UserFactory(), CourseFactory(slug="longer", valid_months=18)
    day = timezone.localdate() - timedelta(days=4)

    kept = record_completion(by=hr, person=someone, course=course, completed_on=day)

    assert kept.expires_on == months_after(day, 18)
    assert kept.recorded_by == hr
    entry = last_entry()
    assert entry.event == Event.COURSE_COMPLETED
    assert entry.details["after"]["person"] == someone.name
    assert entry.details["after"]["course"] == course.title


@pytest.mark.parametrize("who", ["the digital team", "a line manager", "oneself"])
def test_nobody_else_records_completions(who: str) -> None:
    recorder = digital_officer() if who == "the digital team" else person()
    someone = recorder if who == "oneself" else UserFactory(manager=recorder)

    with pytest.raises(NotAllowed):
        record_completion(
            by=recorder, person=someone, course=CourseFactory(), completed_on=timezone.localdate()
        )
    assert not Completion.objects.filter(completed_on=timezone.localdate()).exists()


def test_nothing_is_completed_in_the_future(hr: User) -> None:
    with pytest.raises(ValidationError, match="today or in the past"):
        record_completion(
            by=hr,
            person=UserFactory(),
            course=CourseFactory(),
            completed_on=timezone.localdate() + timedelta(days=1),
        )


def test_the_same_completion_is_recorded_once(hr: User) -> None:
    facts: dict[str, Any] = {
        "person": UserFactory(),
        "course": CourseFactory(),
        "completed_on": timezone.localdate(),
    }
    record_completion(by=hr, **facts)

    with pytest.raises(ValidationError, match="already recorded"):
        record_completion(by=hr, **facts)


def test_a_leaver_completes_nothing(hr: User) -> None:
    left = UserFactory(employed_until=timezone.localdate() - timedelta(days=1))

    with pytest.raises(ValidationError, match="any more"):
        record_completion(
            by=hr, person=left, course=CourseFactory(), completed_on=timezone.localdate()
        )


def test_a_person_acknowledges_for_themselves() -> None:
    someone, version = UserFactory(), PolicyVersionFactory()

    kept = acknowledge(by=someone, version=version)

    assert kept.user == someone
    assert kept.expires_on == months_after(timezone.localdate(), 12)
    entry = last_entry()
    assert entry.event == Event.POLICY_ACKNOWLEDGED
    assert (entry.actor_id, entry.details["after"]["version"]) == (str(someone.pk), 1)


def test_pressing_twice_acknowledges_once() -> None:
    someone, version = UserFactory(), PolicyVersionFactory()

    assert acknowledge(by=someone, version=version) == acknowledge(by=someone, version=version)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("which", ["superseded", "not in force yet"])
def test_only_the_version_in_force_is_acknowledged(which: str) -> None:
    old = PolicyVersionFactory()
    days = -1 if which == "superseded" else 1
    new = PolicyVersionFactory(
        document=old.document,
        number=2,
        in_force_from=timezone.localdate() + timedelta(days=days),
    )

    with pytest.raises(ValidationError, match="not in force"):
        acknowledge(by=UserFactory(), version=old if which == "superseded" else new)
    assert not Acknowledgement.objects.exists()
