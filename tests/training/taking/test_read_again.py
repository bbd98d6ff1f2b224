"""After a wrong answer: the lesson to read again, as a link that opens it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tests.factories import UserFactory
from tests.training.making import QuestionFactory, publish, published
from tests.training.taking.going import passed, read_all, right_of, sit, wrong_of
from tests.visiting import as_person, text_of
from training.actions.quizzes import answer, begin_attempt
from training.actions.taking import begin
from training.models import Completion, CourseVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return UserFactory(name="Nia New")


@pytest.fixture
def client(user: User) -> Client:
    return as_person(user)


def taught(**fields: Any) -> CourseVersion:
    """Published: three lessons, of which the first is in the refresher, and a question of each."""
    version = published(lessons=3, questions=0, published_at=None, **fields)
    for lesson in version.lessons.all():
        QuestionFactory(
            version=version, taught_in=lesson, in_refresher=True, text=f"{lesson}, asked?"
        )
    return publish(version)


def link(version: CourseVersion, position: int) -> str:
    address = reverse("lesson", args=[version.course.slug, position])
    return f'<strong>Read again:</strong> <a href="{address}">Lesson {position}</a>'


def result_of(client: Client, version: CourseVersion) -> str:
    return client.get(reverse("quiz_result", args=[version.course.slug])).content.decode()


def long_ago() -> None:
    day = timezone.localdate()
    Completion.objects.update(
        completed_on=day - timedelta(days=380),
        expires_on=day - timedelta(days=10),
        counts_until=day - timedelta(days=10),
    )


def test_the_result_links_each_wrong_answer_and_no_other_to_its_lesson(
    client: Client, user: User
) -> None:
    version = taught()
    begin(by=user, course=version.course)
    read_all(user, version.course)
    attempt = sit(user, version.course, wrong=2)

    page = result_of(client, version)

    for drawn in attempt.drawn.select_related("question__taught_in"):
        assert drawn.question.taught_in
        shown = link(version, drawn.question.taught_in.position) in page
        assert shown is (drawn.is_right is False)


def test_the_feedback_of_a_wrong_answer_links_to_its_lesson_and_of_a_right_one_to_none(
    client: Client, user: User
) -> None:
    version = taught()
    begin(by=user, course=version.course)
    read_all(user, version.course)
    first, second, _ = begin_attempt(by=user, course=version.course).drawn.order_by("position")

    answer(by=user, drawn=first, chosen=wrong_of(first))
    answer(by=user, drawn=second, chosen=right_of(second))

    assert first.question.taught_in
    wrong, right = (
        client.get(reverse("quiz_question", args=[version.course.slug, each])).content.decode()
        for each in (1, 2)
    )
    assert link(version, first.question.taught_in.position) in wrong
    assert "Read again" not in right


def test_a_question_that_names_no_lesson_sends_nobody_anywhere(client: Client, user: User) -> None:
    version = published(lessons=1, questions=1)
    begin(by=user, course=version.course)
    read_all(user, version.course)
    sit(user, version.course, wrong=1)
    assert "Read again" not in result_of(client, version)


def test_after_the_last_try_the_lesson_is_named_and_opens_with_the_new_start(
    client: Client, user: User
) -> None:
    version = taught(attempts_allowed=1)
    begin(by=user, course=version.course)
    read_all(user, version.course)
    sit(user, version.course, wrong=3)

    page = result_of(client, version)
    assert "Read again: Lesson 2" in text_of(page_of(client, version))
    assert link(version, 2) not in page

    begin(by=user, course=version.course)
    again = result_of(client, version)
    assert link(version, 1) in again, "it is the next one to be read"
    assert link(version, 2) not in again


def page_of(client: Client, version: CourseVersion) -> Any:
    return client.get(reverse("quiz_result", args=[version.course.slug]))


def test_a_lesson_of_a_newer_version_is_not_taken_for_the_one_that_was_meant(
    client: Client, user: User
) -> None:
    version = taught()
    begin(by=user, course=version.course)
    read_all(user, version.course)
    sit(user, version.course, wrong=3)
    published(version.course, lessons=3, asks_again_from=timezone.localdate())
    begin(by=user, course=version.course)

    page = result_of(client, version)

    assert "Read again:" in page
    assert "Read again:</strong> <a" not in page


def test_a_refresher_opens_what_it_leaves_out_only_to_whom_a_wrong_answer_sent_there(
    client: Client, user: User
) -> None:
    version = taught(refresher_questions_drawn=3)
    course = version.course
    passed(user, course)
    long_ago()
    begin(by=user, course=course)
    left_out = reverse("lesson", args=[course.slug, 2])
    assert client.get(left_out).status_code == 404
    read_all(user, course)
    attempt = begin_attempt(by=user, course=course)
    for drawn in attempt.drawn.select_related("question__taught_in"):
        taught_in = drawn.question.taught_in
        wrong = taught_in is not None and taught_in.position == 2
        answer(by=user, drawn=drawn, chosen=wrong_of(drawn) if wrong else right_of(drawn))

    assert link(version, 2) in result_of(client, version)
    page = client.get(left_out)
    assert page.status_code == 200
    assert "Back to the course" in text_of(page)
    assert "of 1" not in text_of(page)
    assert client.post(left_out).status_code == 200
    assert client.get(reverse("lesson", args=[course.slug, 3])).status_code == 404


def test_the_result_asks_the_same_number_of_queries_for_any_number_of_wrong_answers(
    client: Client, user: User
) -> None:
    asked = []
    for wrong in (1, 3):
        version = taught()
        begin(by=user, course=version.course)
        read_all(user, version.course)
        sit(user, version.course, wrong=wrong)
        result_of(client, version)
        with CaptureQueriesContext(connection) as captured:
            result_of(client, version)
        asked.append(len(captured))
    assert asked[0] == asked[1]
