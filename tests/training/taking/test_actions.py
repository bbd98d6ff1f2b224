"""Taking a course: begun, read lesson by lesson, asked, passed; and everything that goes wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.access import may
from accounts.permissions import Permission
from audit.models import Entry
from tests.factories import AccountFactory, CourseFactory, UserFactory, drafter_of
from tests.training.making import published
from tests.training.taking.going import passed, read_all, right_of, sit, wrong_of
from training.actions.quizzes import answer, begin_attempt
from training.actions.taking import NotUnderWay, begin, read_lesson
from training.models import (
    Answer,
    CompletedBy,
    Completion,
    DrawnQuestion,
    Enrolment,
    QuizAttempt,
)
from training.taking.way import way_of

pytestmark = pytest.mark.django_db


def test_whoever_passes_may_post_at_once_and_that_is_on_record() -> None:
    user = drafter_of(AccountFactory())
    Completion.objects.filter(user=user).delete()
    course = published(CourseFactory()).course
    assert not may(user, Permission.WRITE_POST)

    completion = passed(user, course)

    assert may(user, Permission.WRITE_POST)
    assert (completion.by, completion.score) == (CompletedBy.COURSE, 100)
    assert completion.enrolment == Enrolment.objects.get()
    assert Enrolment.objects.get().ended_at is not None
    assert Entry.objects.filter(event="training.completed").count() == 1


def test_a_quiz_that_is_failed_completes_nothing() -> None:
    user, course = UserFactory(), published(pass_mark=76).course
    begin(by=user, course=course)
    read_all(user, course)

    attempt = sit(user, course, wrong=1)

    assert (attempt.score, attempt.passed) == (75, False)
    assert not Completion.objects.exists()
    assert Enrolment.objects.get().ended_at is None


def test_the_pass_mark_itself_is_enough() -> None:
    user, course = UserFactory(), published(pass_mark=75).course
    begin(by=user, course=course)
    read_all(user, course)

    assert sit(user, course, wrong=1).passed
    assert Completion.objects.get().score == 75


def test_the_quiz_is_shut_until_every_lesson_was_read() -> None:
    user, course = UserFactory(), published(lessons=2).course
    begin(by=user, course=course)
    read_lesson(by=user, lesson=course.versions.get().lessons.get(position=1))

    with pytest.raises(ValidationError, match="Read “Lesson 2” first"):
        begin_attempt(by=user, course=course)
    assert not QuizAttempt.objects.exists()


def test_lessons_are_read_in_their_order_and_each_once() -> None:
    user, course = UserFactory(), published(lessons=3).course
    begun = begin(by=user, course=course).enrolment
    first, second, third = course.versions.get().lessons.all()

    with pytest.raises(ValidationError, match="Read “Lesson 1” first"):
        read_lesson(by=user, lesson=third)
    for lesson in (first, first, second, first):
        read_lesson(by=user, lesson=lesson)

    assert [each.lesson for each in begun.read.all()] == [first, second]


def test_beginning_twice_is_beginning_once() -> None:
    user, course = UserFactory(), published().course

    assert begin(by=user, course=course) == begin(by=user, course=course)
    assert Enrolment.objects.count() == 1


def test_a_second_attempt_beside_an_open_one_is_that_one() -> None:
    user, course = UserFactory(), published().course
    begin(by=user, course=course)
    read_all(user, course)

    assert begin_attempt(by=user, course=course) == begin_attempt(by=user, course=course)


def test_the_first_answer_counts() -> None:
    user, course = UserFactory(), published().course
    begin(by=user, course=course)
    read_all(user, course)
    drawn = begin_attempt(by=user, course=course).drawn.order_by("position")[0]

    answer(by=user, drawn=drawn, chosen=wrong_of(drawn))
    answer(by=user, drawn=drawn, chosen=right_of(drawn))

    drawn.refresh_from_db()
    assert (drawn.chosen, drawn.is_right) == (wrong_of(drawn), False)


def test_nobody_answers_for_somebody_else() -> None:
    user, course = UserFactory(), published().course
    begin(by=user, course=course)
    read_all(user, course)
    drawn = begin_attempt(by=user, course=course).drawn.all()[0]

    with pytest.raises(ValidationError, match="not a question of your quiz"):
        answer(by=UserFactory(), drawn=drawn, chosen=right_of(drawn))
    assert not DrawnQuestion.objects.exclude(answered_at=None).exists()


def test_only_the_answers_of_the_question_can_be_chosen() -> None:
    user, course = UserFactory(), published(questions=1).course
    begin(by=user, course=course)
    read_all(user, course)
    drawn = begin_attempt(by=user, course=course).drawn.get()
    elsewhere = Answer.objects.exclude(question=drawn.question)
    assert not elsewhere.exists()

    for chosen in ([], [999_999], drawn.order, [*right_of(drawn), 999_999]):
        with pytest.raises(ValidationError):
            answer(by=user, drawn=drawn, chosen=chosen)
    drawn.refresh_from_db()
    assert drawn.answered_at is None


def test_of_several_right_answers_one_is_not_enough() -> None:
    user, course = UserFactory(), published(questions=2).course
    begin(by=user, course=course)
    read_all(user, course)
    several = begin_attempt(by=user, course=course).drawn.get(question__kind="multiple")

    assert answer(by=user, drawn=several, chosen=right_of(several)[:1]).is_right is False


def test_once_the_tries_are_used_the_lessons_are_read_again_and_then_it_begins_anew() -> None:
    user, course = UserFactory(), published(attempts_allowed=2).course
    first = begin(by=user, course=course).enrolment
    read_all(user, course)
    sit(user, course, wrong=4)
    assert way_of(user, course) is not None
    sit(user, course, wrong=4)

    assert way_of(user, course) is None
    with pytest.raises(NotUnderWay):
        begin_attempt(by=user, course=course)
    again = begin(by=user, course=course)
    assert (again.instead_of, again.enrolment == first) == (None, False)
    with pytest.raises(ValidationError, match="first"):
        begin_attempt(by=user, course=course)
    read_all(user, course)
    assert sit(user, course).number == 1
    assert Completion.objects.exists()


def test_a_course_without_a_quiz_is_completed_by_its_last_lesson() -> None:
    user, course = UserFactory(), published(lessons=2, questions=0).course
    begin(by=user, course=course)
    first, last = course.versions.get().lessons.all()

    read_lesson(by=user, lesson=first)
    assert not Completion.objects.exists()
    read_lesson(by=user, lesson=last)

    assert Completion.objects.get().score is None
    with pytest.raises(NotUnderWay):
        read_lesson(by=user, lesson=last)


def test_a_course_without_a_quiz_has_none_to_begin() -> None:
    user, course = UserFactory(), published(lessons=0, questions=0).course
    begin(by=user, course=course)

    with pytest.raises(ValidationError, match="no quiz"):
        begin_attempt(by=user, course=course)
    assert not Completion.objects.exists()


def test_what_is_taken_elsewhere_or_put_away_cannot_be_begun() -> None:
    elsewhere, away = CourseFactory(), published(CourseFactory(slug="away")).course
    away.archived_at = timezone.now()
    away.save()
    draft = published(CourseFactory(slug="draft"), published_at=None).course

    for course in (elsewhere, away, draft):
        with pytest.raises(ValidationError, match="cannot be taken here"):
            begin(by=UserFactory(), course=course)


# What the database refuses


def test_no_completion_of_a_course_here_without_an_enrolment() -> None:
    version = published()
    today = timezone.localdate()

    with pytest.raises(IntegrityError), transaction.atomic():
        Completion.objects.create(
            course=version.course,
            version=version,
            user=UserFactory(),
            by=CompletedBy.COURSE,
            completed_on=today,
            expires_on=today + timedelta(days=1),
            counts_until=today + timedelta(days=1),
        )


def test_no_second_enrolment_under_way() -> None:
    user, version = UserFactory(), published()
    begin(by=user, course=version.course)

    with pytest.raises(IntegrityError), transaction.atomic():
        Enrolment.objects.create(user=user, version=version, course=version.course)
