"""Reminding those whom the matrix shows: who is reached, of what, and never twice a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.access import NotAllowed
from accounts.models import User
from accounts.permissions import CorporateRole
from audit.catalogue import Event
from audit.models import Entry
from tests.factories import CourseFactory, UserFactory, person
from tests.training.matrix.people import ask, completed, somebody
from tests.visiting import as_person, text_of
from training.actions.reminding_by_hand import Reminded, remind_by_hand
from training.conditions import LearningState
from training.models import Course, LearningReminder, ReminderKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(course: Course) -> User:
    officer = person(CorporateRole.HR, name="Hat Ryan")
    completed(officer, course, until=200)
    return officer


def remind(by: User, course: Course, of: LearningState = LearningState.TO_DO) -> Reminded:
    return remind_by_hand(by=by, people=User.objects.all(), things=[course], of=of)


def reached() -> list[str]:
    return sorted(LearningReminder.objects.values_list("user__name", flat=True))


def test_whoever_is_late_or_due_is_reminded_and_nobody_else(hr: User, course: Course) -> None:
    somebody("Late")
    completed(somebody("Soon"), course, until=9)
    completed(somebody("Done"), course, until=100)

    assert remind(hr, course) == Reminded(people=2, already=0)

    assert reached() == ["Late", "Soon"]
    row = LearningReminder.objects.get(user__name="Late")
    assert (row.kind, row.course, row.asked_by, row.mailed_at) == (
        ReminderKind.BY_HAND,
        course,
        hr,
        None,
    )
    assert row.due_on == timezone.localdate() - timedelta(days=43)


@pytest.mark.parametrize(
    ("of", "names"), [(LearningState.LATE, ["Late"]), (LearningState.DUE, ["Soon"])]
)
def test_only_what_was_looked_for_is_reminded_of(
    hr: User, course: Course, of: LearningState, names: list[str]
) -> None:
    somebody("Late")
    completed(somebody("Soon"), course, until=9)

    remind(hr, course, of)

    assert reached() == names


def test_nobody_is_reminded_of_the_same_thing_twice_in_one_day(hr: User, course: Course) -> None:
    with time_machine.travel("2026-11-23 09:00+00:00", tick=False):
        somebody("Late")
        remind(hr, course)
        other = CourseFactory(slug="second", title="Second course")
        ask(other)
        completed(hr, other, until=200)

        assert remind(hr, course) == Reminded(people=0, already=1)
        assert remind(hr, other) == Reminded(people=1, already=0)
    with time_machine.travel("2026-11-24 09:00+00:00", tick=False):
        assert remind(hr, course) == Reminded(people=1, already=0)


def test_a_reminder_of_the_daily_round_counts_too(hr: User, course: Course) -> None:
    late, today = somebody("Late"), timezone.localdate()
    sent = {"user": late, "course": course, "due_on": today, "sent_on": today}
    LearningReminder.objects.create(kind=ReminderKind.ESCALATED, **sent)
    assert remind(hr, course).people == 1
    LearningReminder.objects.all().delete()
    LearningReminder.objects.create(kind=ReminderKind.OVERDUE, **sent)

    assert remind(hr, course) == Reminded(people=0, already=1)


def test_a_manager_reminds_their_team_and_nobody_else(course: Course) -> None:
    manager = person(name="Meg Manager")
    somebody("Mem Ber", manager=manager)
    somebody("Stran Ger")

    assert remind(manager, course).people == 1
    assert reached() == ["Mem Ber"]


def test_nobody_without_the_right_reminds(course: Course) -> None:
    somebody("Late")

    with pytest.raises(NotAllowed):
        remind(person(CorporateRole.AUDITOR), course)

    assert reached() == []


def test_who_reminded_how_many_is_on_record(hr: User, course: Course) -> None:
    somebody("Late One")
    somebody("Late Two")

    remind(hr, course)
    remind(hr, course)

    (entry,) = Entry.objects.filter(event=Event.TRAINING_REMINDED)
    assert entry.actor_name == "Hat Ryan"
    assert entry.details["after"]["people"] == "2 people"
    assert entry.details["after"]["what"] == "Social media for everyone"


def test_the_page_names_those_found_and_says_what_was_done(hr: User, course: Course) -> None:
    for number in range(27):
        somebody(f"Late {number:02}", service_area=None)
    client, address = as_person(hr), f"{reverse('training_remind')}?words=late&state=late"

    matrix = text_of(client.get(f"{reverse('training_matrix')}?words=late&state=late"))
    page = text_of(client.get(address))
    done = text_of(client.post(address, follow=True))
    again = text_of(client.post(address, follow=True))

    assert "Remind 27 people" in matrix
    assert "Late 24" in page
    assert "Late 25" not in page
    assert "And 2 more." in page
    assert "27 people are reminded." in done
    assert "Nobody is reminded: 27 had been reminded today already." in again


def test_there_is_no_button_where_nobody_is_to_be_reminded(hr: User) -> None:
    text = text_of(as_person(hr).get(reverse("training_matrix")))

    assert "Nobody is late, and nothing is due within 30 days." in text
    assert "Remind" not in text
    page = as_person(hr).get(reverse("training_remind"))
    assert "There is nobody to remind" in text_of(page)


def test_the_head_of_ones_team_reminds_from_the_page_of_the_team(course: Course) -> None:
    boss = person(CorporateRole.HR)
    completed(boss, course, until=90)
    somebody("Mem Ber", manager=boss)
    somebody("Stran Ger")
    UserFactory(name="New")

    as_person(boss).post(f"{reverse('training_remind')}?team=1")

    assert reached() == ["Mem Ber"]
