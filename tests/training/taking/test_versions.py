"""A course that changes while people take it, and the refresher for those who did it before."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.factories import UserFactory
from tests.training.making import publish, published
from tests.training.taking.going import completed, read_all, right_of, sit
from training.actions.quizzes import answer, begin_attempt
from training.actions.taking import NotUnderWay, begin, read_lesson
from training.models import CompletedBy, Completion
from training.taking.way import Way, way_of

pytestmark = pytest.mark.django_db


def test_a_newer_version_that_does_not_ask_again_leaves_people_where_they_are() -> None:
    user, old = UserFactory(), published()
    begin(by=user, course=old.course)
    published(old.course)

    assert begin(by=user, course=old.course).enrolment.version == old
    read_all(user, old.course)
    sit(user, old.course)

    assert Completion.objects.get().version == old


def test_a_newer_version_that_asks_again_takes_the_place_of_what_was_begun() -> None:
    user, old = UserFactory(), published()
    was = begin(by=user, course=old.course).enrolment
    read_all(user, old.course)
    drawn = begin_attempt(by=user, course=old.course).drawn.all()[0]
    new = published(old.course, asks_again_from=timezone.localdate())

    with pytest.raises(NotUnderWay):
        answer(by=user, drawn=drawn, chosen=right_of(drawn))
    with pytest.raises(NotUnderWay):
        begin_attempt(by=user, course=old.course)
    with pytest.raises(NotUnderWay):
        read_lesson(by=user, lesson=old.lessons.all()[0])
    begun = begin(by=user, course=old.course)

    assert (begun.instead_of, begun.enrolment.version) == (was, new)
    assert way_of(user, old.course) == Way(begun.enrolment)
    with pytest.raises(NotUnderWay):
        answer(by=user, drawn=drawn, chosen=right_of(drawn))


def test_a_version_that_asks_again_later_lets_people_finish_until_then() -> None:
    user, old = UserFactory(), published()
    begin(by=user, course=old.course)
    published(old.course, asks_again_from=timezone.localdate() + timedelta(days=7))

    assert begin(by=user, course=old.course).enrolment.version == old
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        assert begin(by=user, course=old.course).enrolment.version.number == 2


# Refreshers


def test_whoever_did_the_course_before_takes_the_refresher() -> None:
    user, version = UserFactory(), published(lessons=3, questions=4)
    completed(user, version, timezone.localdate() - timedelta(days=400))

    enrolment = begin(by=user, course=version.course).enrolment
    read_all(user, version.course)
    attempt = sit(user, version.course)

    assert enrolment.is_refresher
    assert [each.lesson.position for each in enrolment.read.all()] == [1]
    assert sorted(each.question.position for each in attempt.drawn.all()) == [1, 3]
    assert Completion.objects.filter(by=CompletedBy.REFRESHER).count() == 1


def test_a_refresher_draws_its_own_number_of_questions() -> None:
    user, version = UserFactory(), published(questions=8, refresher_questions_drawn=3)
    completed(user, version)
    begin(by=user, course=version.course)
    read_all(user, version.course)

    assert begin_attempt(by=user, course=version.course).drawn.count() == 3


def test_whoever_did_a_version_that_everybody_was_asked_to_do_again_takes_the_whole() -> None:
    user, old = UserFactory(), published()
    completed(user, old)
    published(old.course, asks_again_from=timezone.localdate())
    latest = published(old.course)

    assert not begin(by=user, course=old.course).enrolment.is_refresher
    newcomer = UserFactory()
    completed(newcomer, latest)
    assert begin(by=newcomer, course=old.course).enrolment.is_refresher


def test_a_version_that_marks_nothing_for_a_refresher_is_taken_as_a_whole() -> None:
    user, version = UserFactory(), published(published_at=None)
    version.lessons.update(in_refresher=False)
    version.questions.update(in_refresher=False)
    publish(version)
    completed(user, version)

    assert not begin(by=user, course=version.course).enrolment.is_refresher


def test_a_refresher_of_what_was_withdrawn_does_not_count() -> None:
    user, version = UserFactory(), published()
    kept = completed(user, version)
    was = begin(by=user, course=version.course).enrolment
    assert was.is_refresher
    Completion.objects.filter(pk=kept.pk).update(
        withdrawn_at=timezone.now(), withdrawn_by=UserFactory(), withdrawn_because="Wrong person"
    )

    with pytest.raises(NotUnderWay):
        read_lesson(by=user, lesson=version.lessons.all()[0])
    begun = begin(by=user, course=version.course)
    assert (begun.instead_of, begun.enrolment.is_refresher) == (was, False)
