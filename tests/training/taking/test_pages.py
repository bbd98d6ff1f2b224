"""The pages of a course, as somebody meets them: in order, out of order, twice and forged."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tests.factories import CourseFactory, UserFactory
from tests.training.making import QuestionFactory, publish, published
from tests.training.taking.going import passed, read_all, right_of, sit, wrong_of
from tests.visiting import text_of
from training.actions.quizzes import begin_attempt
from training.actions.taking import begin
from training.models import (
    Completion,
    Course,
    CourseVersion,
    DrawnQuestion,
    Enrolment,
    LessonRead,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> CourseVersion:
    return published(lessons=2, questions=2)


@pytest.fixture
def course(version: CourseVersion) -> Course:
    return version.course


def lesson(course: Course, position: int) -> str:
    return reverse("lesson", args=[course.slug, position])


def question(course: Course, position: int) -> str:
    return reverse("quiz_question", args=[course.slug, position])


def test_the_whole_way_on_the_pages(client: Client, course: Course, user: User) -> None:
    page = client.get(reverse("course", args=[course.slug]))
    assert "The whole course" in text_of(page)
    assert "2 questions. You pass with 80 per cent." in text_of(page)

    at = client.post(reverse("course_start", args=[course.slug]))
    assert at["Location"] == lesson(course, 1)
    assert "Would you say it at the counter?" in text_of(client.get(at["Location"]))
    assert client.post(lesson(course, 1))["Location"] == lesson(course, 2)
    assert client.post(lesson(course, 2))["Location"] == reverse("quiz", args=[course.slug])
    assert "You have read every lesson." in text_of(client.get(reverse("quiz", args=[course.slug])))

    at = client.post(reverse("quiz", args=[course.slug]))
    for position in (1, 2):
        assert at["Location"] == question(course, position)
        drawn = DrawnQuestion.objects.get(position=position)
        assert drawn.question.text in text_of(client.get(question(course, position)))
        client.post(question(course, position), {"drawn": drawn.pk, "chosen": right_of(drawn)})
        feedback = text_of(client.get(question(course, position)))
        assert "Right" in feedback
        assert "What is on the internet can be copied." in feedback
        at = client.get(reverse("quiz", args=[course.slug]))

    assert at["Location"] == reverse("quiz_result", args=[course.slug])
    assert "You passed 100 per cent" in text_of(client.get(at["Location"]))
    assert Completion.objects.get().user == user


def test_continue_leads_to_where_one_stopped(client: Client, course: Course, user: User) -> None:
    client.post(reverse("course_start", args=[course.slug]))
    client.post(lesson(course, 1))

    overview = client.get(reverse("course", args=[course.slug])).content.decode()
    mine = client.get(reverse("training")).content.decode()

    for page in (overview, mine):
        assert f'href="{lesson(course, 2)}" role="button"' in page
    again = client.post(reverse("course_start", args=[course.slug]))
    assert again["Location"] == lesson(course, 2)
    read_all(user, course)
    assert "Next: the quiz" in text_of(client.get(reverse("training")))


def test_what_nobody_asks_for_alarms_nobody(client: Client, user: User) -> None:
    course = published(CourseFactory(slug="of-interest", needed_to_write=False)).course

    page = client.get(reverse("training")).content.decode()

    assert course.title in page
    assert "govuk-tag--grey" in page
    assert "govuk-tag--red" not in page
    assert "You are up to date." in page


def test_a_lesson_before_the_start_leads_to_the_course(client: Client, course: Course) -> None:
    answer = client.get(lesson(course, 1), follow=True)

    assert answer.redirect_chain[-1][0] == reverse("course", args=[course.slug])
    assert "Start the course first" in text_of(answer)


def test_a_lesson_ahead_leads_to_the_one_that_is_next(client: Client, course: Course) -> None:
    client.post(reverse("course_start", args=[course.slug]))

    for answer in (client.get(lesson(course, 2)), client.post(lesson(course, 2))):
        assert answer["Location"] == lesson(course, 1)
    assert not LessonRead.objects.exists()


def test_the_quiz_ahead_of_the_lessons_leads_back_to_them(client: Client, course: Course) -> None:
    client.post(reverse("course_start", args=[course.slug]))
    address = reverse("quiz", args=[course.slug])

    for answer in (client.get(address), client.post(address)):
        assert answer["Location"] == lesson(course, 1)
    assert not DrawnQuestion.objects.exists()


def test_continue_pressed_twice_reads_a_lesson_once(client: Client, course: Course) -> None:
    client.post(reverse("course_start", args=[course.slug]))

    for _ in range(2):
        assert client.post(lesson(course, 1))["Location"] == lesson(course, 2)
    assert LessonRead.objects.count() == 1


def test_nothing_of_a_course_before_it_begins(client: Client, course: Course) -> None:
    overview = reverse("course", args=[course.slug])
    quiz = reverse("quiz", args=[course.slug])

    assert client.get(quiz)["Location"] == overview
    assert client.get(reverse("quiz_result", args=[course.slug]))["Location"] == quiz
    assert client.get(question(course, 1))["Location"] == quiz


def test_answers_stand_in_the_same_order_at_each_reload(
    client: Client, course: Course, user: User
) -> None:
    begin(by=user, course=course)
    read_all(user, course)
    drawn = begin_attempt(by=user, course=course).drawn.get(position=1)
    DrawnQuestion.objects.filter(pk=drawn.pk).update(order=drawn.order[::-1])

    for _ in range(3):
        page = client.get(question(course, 1)).content.decode()
        values = re.findall(r'name="chosen" value="(\d+)"', page)
        assert [int(value) for value in values] == drawn.order[::-1]


def test_an_answer_left_out_is_asked_for(client: Client, course: Course, user: User) -> None:
    begin(by=user, course=course)
    read_all(user, course)
    drawn = begin_attempt(by=user, course=course).drawn.get(position=1)

    for chosen in ({}, {"chosen": ["999999"]}, {"chosen": ["x"]}):
        answer = client.post(question(course, 1), {"drawn": drawn.pk, **chosen})
        assert answer.status_code == 422
        assert "Choose" in text_of(answer)
        assert answer.content.decode().count("<title>Error: ") == 1
    drawn.refresh_from_db()
    assert drawn.answered_at is None


def test_a_question_answered_in_another_tab_keeps_its_first_answer(
    client: Client, course: Course, user: User
) -> None:
    begin(by=user, course=course)
    read_all(user, course)
    drawn = begin_attempt(by=user, course=course).drawn.get(position=1)
    address = question(course, 1)

    client.post(address, {"drawn": drawn.pk, "chosen": wrong_of(drawn)})
    again = client.post(address, {"drawn": drawn.pk, "chosen": right_of(drawn)}, follow=True)

    assert "The first answer counts." in text_of(again)
    assert "Not right" in text_of(again)


def test_an_answer_to_a_quiz_that_is_over_is_none_to_the_next(
    client: Client, course: Course, user: User
) -> None:
    begin(by=user, course=course)
    read_all(user, course)
    old = sit(user, course, wrong=2).drawn.get(position=1)
    new = begin_attempt(by=user, course=course).drawn.get(position=1)

    answer = client.post(question(course, 1), {"drawn": old.pk, "chosen": right_of(old)})

    assert answer["Location"] == reverse("quiz", args=[course.slug])
    new.refresh_from_db()
    assert new.answered_at is None


def test_somebody_elses_question_cannot_be_answered(
    client: Client, course: Course, user: User
) -> None:
    other = UserFactory()
    for each in (user, other):
        begin(by=each, course=course)
        read_all(each, course)
    mine = begin_attempt(by=user, course=course).drawn.get(position=1)
    theirs = begin_attempt(by=other, course=course).drawn.get(position=1)

    client.post(question(course, 1), {"drawn": theirs.pk, "chosen": right_of(theirs)})

    for drawn in (mine, theirs):
        drawn.refresh_from_db()
        assert drawn.answered_at is None


def test_a_question_ahead_leads_to_the_one_that_is_next(
    client: Client, course: Course, user: User
) -> None:
    begin(by=user, course=course)
    read_all(user, course)
    begin_attempt(by=user, course=course)

    assert client.get(question(course, 2))["Location"] == question(course, 1)
    assert client.get(question(course, 3)).status_code == 404
    assert client.get(question(course, 0)).status_code == 404


def test_a_result_that_is_not_enough_says_what_and_offers_another_try(
    client: Client, course: Course, user: User
) -> None:
    begin(by=user, course=course)
    read_all(user, course)
    attempt = sit(user, course, wrong=1)
    wrong = attempt.drawn.get(is_right=False)

    page = text_of(client.get(reverse("quiz_result", args=[course.slug])))

    assert "You have 50 per cent" in page
    assert "1 of 2 questions right. You need 80 per cent." in page
    assert "as often as you like" in page
    assert "What to read again" in page
    assert wrong.question.text in page
    assert client.post(reverse("quiz", args=[course.slug]))["Location"] == question(course, 1)


def test_a_last_try_that_failed_leads_back_to_the_lessons(client: Client, user: User) -> None:
    course = published(lessons=1, questions=1, attempts_allowed=1).course
    begin(by=user, course=course)
    read_all(user, course)
    assert "You have 1 try." in text_of(client.get(reverse("quiz", args=[course.slug])))
    sit(user, course, wrong=1)

    assert client.get(reverse("quiz", args=[course.slug]))["Location"] == reverse(
        "quiz_result", args=[course.slug]
    )
    page = text_of(client.get(reverse("quiz_result", args=[course.slug])))
    assert "You have no tries left. Read the lessons again" in page
    start = reverse("course_start", args=[course.slug])
    assert client.post(start)["Location"] == lesson(course, 1)


def test_what_was_begun_of_a_version_that_is_replaced_is_begun_anew(
    client: Client, version: CourseVersion
) -> None:
    course = version.course
    client.post(reverse("course_start", args=[course.slug]))
    published(course, lessons=1, asks_again_from=timezone.localdate())
    overview = reverse("course", args=[course.slug])

    for address in (lesson(course, 1), reverse("quiz", args=[course.slug])):
        if "quiz" not in address:
            assert client.post(address)["Location"] == overview
        assert client.get(address)["Location"] == overview
    assert "What you began does not count any more" in text_of(client.get(overview))
    assert "Start" in text_of(client.get(reverse("training")))
    answer = client.post(reverse("course_start", args=[course.slug]), follow=True)

    assert "The course has changed since you began" in text_of(answer)
    assert "You now take version 2, from its start." in text_of(answer)
    assert Enrolment.objects.under_way().get().version.number == 2


def test_lessons_can_be_read_again_once_the_course_is_done(
    client: Client, course: Course, user: User
) -> None:
    passed(user, course)

    overview = client.get(reverse("course", args=[course.slug])).content.decode()
    assert f'<a href="{lesson(course, 1)}">Read the lessons again' in overview
    assert client.get(lesson(course, 2)).status_code == 200
    assert client.post(lesson(course, 1))["Location"] == lesson(course, 2)
    assert "Continue" not in text_of(client.get(lesson(course, 2)))
    assert not Enrolment.objects.under_way().exists()


def test_a_refresher_shows_only_what_it_repeats(client: Client, user: User) -> None:
    version = published(lessons=3, questions=4, refresher_minutes=7)
    passed(user, version.course)
    Completion.objects.update(
        completed_on=timezone.localdate() - timedelta(days=380),
        expires_on=timezone.localdate() - timedelta(days=10),
        counts_until=timezone.localdate() - timedelta(days=10),
    )

    page = text_of(client.get(reverse("course", args=[version.course.slug])))
    client.post(reverse("course_start", args=[version.course.slug]))

    assert "The refresher, because you have done this course before" in page
    assert "About 7 minutes" in page
    assert client.get(lesson(version.course, 1)).status_code == 200
    assert client.get(lesson(version.course, 2)).status_code == 404


def test_a_course_that_is_taken_elsewhere_says_so(client: Client) -> None:
    course = CourseFactory()

    page = text_of(client.get(reverse("course", args=[course.slug])))
    answer = client.post(reverse("course_start", args=[course.slug]), follow=True)

    assert "HR records it once you have done it" in page
    assert "This course cannot be taken here." in text_of(answer)
    assert "Taken elsewhere: HR records it" in text_of(client.get(reverse("training")))


@pytest.mark.parametrize("name", ["course", "quiz", "quiz_result"])
def test_a_course_that_was_put_away_is_not_found(name: str, client: Client, course: Course) -> None:
    Course.objects.update(archived_at=timezone.now())

    assert client.get(reverse(name, args=[course.slug])).status_code == 404
    assert client.get(reverse(name, args=["no-such-course"])).status_code == 404


def test_a_lesson_and_a_question_ask_the_same_number_of_queries_for_any_length(
    client: Client, user: User
) -> None:
    counts = []
    for number in (2, 9):
        course = CourseFactory(slug=f"c{number}")
        draft = published(course, lessons=number, questions=number, published_at=None)
        for _ in range(number):
            QuestionFactory(version=draft, lesson=draft.lessons.get(position=1))
        publish(draft)
        begin(by=user, course=course)
        with CaptureQueriesContext(connection) as of_lesson:
            client.get(lesson(course, 1))
        read_all(user, course)
        begin_attempt(by=user, course=course)
        with CaptureQueriesContext(connection) as of_question:
            client.get(question(course, 1))
        with CaptureQueriesContext(connection) as of_course:
            client.get(reverse("course", args=[course.slug]))
        counts.append((len(of_lesson), len(of_question), len(of_course)))

    assert counts[0] == counts[1]
    assert max(counts[0]) <= 40


def test_the_last_lesson_of_a_course_without_a_quiz_finishes_it(client: Client, user: User) -> None:
    version = published(lessons=1, questions=0)
    client.post(reverse("course_start", args=[version.course.slug]))

    assert "Finish the course" in text_of(client.get(lesson(version.course, 1)))
    answer = client.post(lesson(version.course, 1), follow=True)

    assert f"You have completed “{version.course}”." in text_of(answer)
    assert Completion.objects.get().user == user
