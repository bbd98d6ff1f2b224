"""The short questions inside a lesson: judged at once, and nothing of it kept."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.training.making import QuestionFactory, publish, published
from tests.visiting import text_of
from training.actions.taking import begin
from training.models import Course, CourseVersion, DrawnQuestion, LessonRead

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> CourseVersion:
    """A draft: its questions are still to come."""
    return published(lessons=2, questions=2, published_at=None)


def lesson(course: Course, position: int) -> str:
    return reverse("lesson", args=[course.slug, position])


def test_a_short_question_is_judged_at_once_and_nothing_of_it_is_kept(
    client: Client, version: CourseVersion, user: User
) -> None:
    at = version.lessons.get(position=1)
    asked = QuestionFactory(version=version, lesson=at, text="Is it private?")
    other = QuestionFactory(version=version, lesson=at, text="Is it kind?")
    begin(by=user, course=publish(version).course)
    right, wrong = asked.answers.get(is_right=True), other.answers.filter(is_right=False)[0]
    address = lesson(version.course, 1)

    fresh = text_of(client.get(address))
    assert "Is it private?" in fresh
    assert "See if it is right" in fresh
    assert "right answer" not in fresh
    answered = client.get(address, {f"q{asked.pk}": right.pk, f"q{other.pk}": wrong.pk})
    assert "Your answer, and right" in text_of(answered)
    assert "Your answer, not right" in text_of(answered)
    unanswered = client.get(address, {f"q{asked.pk}-sent": "1"})
    assert "Choose an answer." in text_of(unanswered)
    assert not LessonRead.objects.exists()
    assert len(DrawnQuestion.objects.all()) == 0


def test_the_answer_to_one_short_question_stays_while_the_next_is_answered(
    client: Client, version: CourseVersion, user: User
) -> None:
    at = version.lessons.get(position=1)
    first, second = (QuestionFactory(version=version, lesson=at) for _ in range(2))
    begin(by=user, course=publish(version).course)
    chosen = first.answers.all()[0].pk

    page = client.get(lesson(version.course, 1), {f"q{first.pk}": chosen}).content.decode()

    assert f'<input type="hidden" name="q{first.pk}" value="{chosen}">' in page
    assert f'name="q{second.pk}"' in page


@pytest.mark.parametrize("forged", ["999999", "x", "-1", "9" * 30])
def test_a_forged_short_answer_is_none(
    forged: str, client: Client, version: CourseVersion, user: User
) -> None:
    asked = QuestionFactory(version=version, lesson=version.lessons.get(position=1))
    begin(by=user, course=publish(version).course)

    answer = client.get(lesson(version.course, 1), {f"q{asked.pk}": forged})

    assert "Choose from the answers on the page." in text_of(answer)
