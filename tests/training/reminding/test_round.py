"""The daily round: whom it reminds of what, when, and which letters follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.permissions import AccountRole
from audit.models import Entry
from tests.factories import (
    AccountFactory,
    AccountGrantFactory,
    CourseFactory,
    UserFactory,
)
from training.actions.assigning import When, Whom, assign
from training.actions.completions import record_completion
from training.actions.reminding import remind_all
from training.models import Course, Group, LearningReminder
from training.reminding.letters import mail_reminders

pytestmark = pytest.mark.django_db

BEGAN = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(BEGAN, tick=False) as traveller:
        yield traveller


@pytest.fixture
def course() -> Course:
    return CourseFactory(slug="everybody", title="Safe online", needed_to_write=False)


@pytest.fixture
def manager() -> User:
    return UserFactory(name="Mona Manager")


@pytest.fixture
def learner(manager: User) -> User:
    return UserFactory(name="Lena Learner", manager=manager)


def ask(course: Course, person: User, days: int, *, holds: bool = False) -> None:
    assign(
        by=None,
        thing=course,
        whom=Whom(Group.PERSON, person=person),
        when=When(days=days),
        holds_posting=holds,
    )


def rounds(clock: time_machine.Traveller, days: int) -> list[tuple[int, str]]:
    """The round of every day: on which day which kinds were noted; each round goes twice."""
    noted = []
    for day in range(days):
        clock.move_to(BEGAN + timedelta(days=day), tick=False)
        before = set(LearningReminder.objects.values_list("pk", flat=True))
        remind_all()
        assert remind_all() == 0
        new = LearningReminder.objects.exclude(pk__in=before).order_by("pk")
        noted += [(day, kind) for kind in new.values_list("kind", flat=True)]
    return noted


def test_from_the_first_letter_to_the_manager_each_is_sent_once(
    clock: time_machine.Traveller, course: Course, learner: User
) -> None:
    ask(course, learner, days=20)

    assert rounds(clock, 36) == [
        (0, "asked"),
        (6, "14"),
        (13, "7"),
        (19, "1"),
        (21, "overdue"),
        (27, "escalated"),
        (28, "overdue"),
        (35, "overdue"),
    ]


def test_days_without_a_round_are_made_up_for_with_the_nearest_reminder(
    clock: time_machine.Traveller, course: Course, learner: User
) -> None:
    ask(course, learner, days=20)
    clock.move_to(BEGAN + timedelta(days=15), tick=False)

    remind_all()

    assert [each.kind for each in LearningReminder.objects.all()] == ["7"]


def test_whoever_has_it_in_date_is_reminded_before_it_runs_out(
    clock: time_machine.Traveller, course: Course, learner: User
) -> None:
    ask(course, learner, days=0)
    record_completion(by=None, person=learner, course=course, completed_on=date(2026, 3, 11))

    assert rounds(clock, 12) == [(0, "14"), (3, "7"), (9, "1"), (11, "overdue")]


def test_nobody_is_reminded_of_what_is_done_or_not_asked(
    clock: time_machine.Traveller, course: Course, learner: User
) -> None:
    ask(course, learner, days=5)
    record_completion(by=None, person=learner, course=course, completed_on=timezone.localdate())

    assert rounds(clock, 10) == []


def test_leavers_are_left_alone(course: Course, learner: User) -> None:
    ask(course, learner, days=5)
    User.objects.filter(pk=learner.pk).update(employed_until=date(2027, 2, 27))

    assert remind_all() == 0


def test_one_letter_names_everything_that_waits(course: Course, learner: User) -> None:
    ask(course, learner, days=5)
    ask(CourseFactory(slug="second", title="Second", needed_to_write=False), learner, days=6)
    remind_all()

    mail_reminders()
    mail_reminders()

    (letter,) = mail.outbox
    assert letter.to == [learner.email]
    assert letter.subject == "Safe online: to do by 6 March 2027"
    assert "- Safe online, by 6 March 2027" in letter.body
    assert "- Second, by 7 March 2027" in letter.body
    assert "cannot write" not in letter.body


def test_the_letter_says_when_the_right_to_post_is_at_stake(course: Course, learner: User) -> None:
    ask(course, learner, days=5, holds=True)
    remind_all()

    mail_reminders()

    assert "Without it you cannot write, move or approve posts" in mail.outbox[0].body


def test_what_is_done_before_the_letter_goes_is_not_written_about(
    course: Course, learner: User
) -> None:
    ask(course, learner, days=5)
    remind_all()
    record_completion(by=None, person=learner, course=course, completed_on=timezone.localdate())

    mail_reminders()

    assert mail.outbox == []
    assert not LearningReminder.objects.filter(mailed_at=None).exists()


def test_the_manager_gets_one_letter_about_the_team_and_it_is_on_record(
    clock: time_machine.Traveller, course: Course, learner: User, manager: User
) -> None:
    other = UserFactory(name="Olga Other", manager=manager)
    for person in (learner, other):
        ask(course, person, days=0)
    rounds(clock, 9)
    mail.outbox.clear()
    LearningReminder.objects.exclude(kind="escalated").update(mailed_at=timezone.now())

    mail_reminders()

    (letter,) = mail.outbox
    assert letter.to == [manager.email]
    assert "- Lena Learner: Safe online, due on 1 March 2027" in letter.body
    assert "- Olga Other: Safe online, due on 1 March 2027" in letter.body
    told = Entry.objects.filter(event="training.escalated").values_list("subject_name", flat=True)
    assert set(told) == {"Lena Learner", "Olga Other"}


def test_who_has_no_manager_is_never_escalated(
    clock: time_machine.Traveller, course: Course
) -> None:
    ask(course, UserFactory(), days=0)

    assert "escalated" not in [kind for _, kind in rounds(clock, 12)]


def test_a_letter_that_could_not_be_sent_is_sent_at_the_next_call(
    course: Course, learner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(course, learner, days=5)
    remind_all()
    with monkeypatch.context() as broken:
        broken.setattr("training.reminding.letters.EmailMessage.send", _refuse)
        mail_reminders()
    assert mail.outbox == []

    mail_reminders()

    assert len(mail.outbox) == 1


def _refuse(*_: object) -> None:
    raise OSError("The mail server does not answer.")


def test_who_posts_without_the_course_is_told_at_once() -> None:
    CourseFactory()
    drafter = AccountGrantFactory(account=AccountFactory(), role=AccountRole.DRAFTER).user

    remind_all()

    kinds = LearningReminder.objects.filter(user=drafter).values_list("kind", flat=True)
    assert list(kinds) == ["1"]


def test_the_round_asks_as_much_for_many_people_as_for_few(
    course: Course, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    assign(by=None, thing=course, whom=Whom(Group.EVERYBODY), when=When(days=3))
    UserFactory.create_batch(30)

    with django_assert_max_num_queries(16):
        assert remind_all() == 30
