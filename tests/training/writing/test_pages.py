"""The pages of whoever writes courses: nothing typed is lost, nothing of others overwritten."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.training.making import LessonFactory, QuestionFactory, published
from tests.training.writing.making import draft, hr, published_by
from tests.visiting import as_person, text_of
from training.actions.writing.questions import delete_question
from training.actions.writing.versions import start_version
from training.models import Course
from training.starter.courses import starter_courses
from training.writing.words import (
    draft_token,
    settings_of,
    token_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_go_to_a_folder_of_the_test(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def at(name: str, version: Any, *more: Any) -> str:
    return reverse(name, args=[version.course.slug, *more])


def test_a_council_without_courses_is_offered_those_of_the_product() -> None:
    client = as_person(hr())
    Course.objects.all().update(slug="another")
    page = text_of(client.get(reverse("writing_courses")))
    assert f"{len(starter_courses())} of the courses that come with the product are not" in page

    offered = text_of(client.get(reverse("writing_starters")))
    assert "Approving well : 10 lessons" in offered
    assert client.post(reverse("writing_starters"), {}).status_code == 422
    client.post(reverse("writing_starters"), {"needed": "yes"})

    assert Course.objects.filter(needed_to_approve=True, slug="approving-well").exists()
    page = text_of(client.get(reverse("writing_courses")))
    assert "come with the product" not in page
    assert "5 courses are added." in page
    assert "They are all here" in text_of(client.get(reverse("writing_starters")))


def test_the_list_takes_the_same_queries_however_many_courses_there_are() -> None:
    client, address = as_person(hr()), reverse("writing_courses")
    published()
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    for number in range(8):
        published(Course.objects.create(slug=f"c-{number}", title=f"Course {number}"))
    with CaptureQueriesContext(connection) as many:
        assert "Course 7" in text_of(client.get(address))
    assert len(many) == len(few)


def test_a_draft_takes_the_same_queries_however_long_it_is() -> None:
    client, version = as_person(hr()), draft()
    address = at("writing_draft", version)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _ in range(8):
        lesson = LessonFactory(version=version)
        QuestionFactory(version=version)
        QuestionFactory(version=version, lesson=lesson)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_a_new_course_leads_to_its_draft() -> None:
    answer = as_person(hr()).post(
        reverse("writing_course_new"), {"title": "Alt text", "valid_months": 12, "grace_days": 0}
    )
    assert answer.headers["Location"] == reverse("writing_draft", args=["alt-text"])


def test_what_is_wrong_with_the_settings_is_said_and_nothing_is_lost() -> None:
    version = draft()
    answer = as_person(hr()).post(
        at("writing_settings", version), {"title": "Better", "valid_months": "99", "grace_days": 0}
    )
    assert answer.status_code == 422
    assert "Enter a whole number from 1 to 60." in text_of(answer)
    assert 'value="Better"' in answer.content.decode()


def test_settings_that_somebody_else_changed_are_shown_beside_ones_own() -> None:
    version = draft()
    form = {"title": "Mine", "valid_months": 6, "grace_days": 0, "seen": "of long ago"}
    answer = as_person(hr()).post(at("writing_settings", version), form)
    assert answer.status_code == 409
    assert "Somebody else changed this" in text_of(answer)


def test_the_page_of_publishing_lists_everything_that_is_in_the_way() -> None:
    version = draft(questions_drawn=9)
    version.lessons.update(text="")
    page = text_of(as_person(hr()).get(at("writing_publish", version)))
    assert "the bank holds 2" in page
    assert page.count("has no text") == 2
    assert "By which day?" not in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose who has to do the course again."),
        ({"asks": "everybody"}, "Enter the day by which everybody has done it again."),
        ({"asks": "everybody", "again_by": "01/01/2020"}, "so that people have time"),
        ({"asks": "nobody", "what_changed": ""}, "Say what changed"),
    ],
)
def test_what_is_wrong_with_publishing_is_said(sent: dict[str, str], said: str) -> None:
    by, version = hr(), draft()
    published_by(by, version)
    second = start_version(by=by, course=version.course)
    form = {"what_changed": "A new example.", "seen": draft_token(second), **sent}
    answer = as_person(by).post(at("writing_publish", version), form)
    assert answer.status_code == 422
    assert said in text_of(answer)
    second.refresh_from_db()
    assert second.is_draft


def test_what_was_changed_meanwhile_is_looked_at_before_it_is_published() -> None:
    by, version = hr(), draft()
    seen = draft_token(version)
    delete_question(by=by, course=version.course, question_id=version.questions.all()[0].pk)
    client, address = as_person(by), at("writing_publish", version)
    first = client.post(address, {"asks": "nobody", "seen": seen})
    assert first.status_code == 422
    assert "Somebody changed the draft since you opened this page." in text_of(first)
    assert f'value="{draft_token(version)}"' in first.content.decode()


def test_a_first_version_asks_nobody_again_unless_told_to() -> None:
    version = draft()
    page = as_person(hr()).get(at("writing_publish", version)).content.decode()
    assert "What changed?" not in page


def test_the_quiz_settings_of_a_draft_are_kept() -> None:
    version = draft()
    form = {
        "pass_mark": 90,
        "questions_drawn": 2,
        "refresher_questions_drawn": 1,
        "attempts_allowed": "",
        "minutes": 20,
        "refresher_minutes": 5,
        "seen": token_of(settings_of(version)),
    }
    as_person(hr()).post(at("writing_draft_settings", version), form)
    version.refresh_from_db()
    assert (version.pass_mark, version.attempts_allowed) == (90, None)


def test_whoever_opens_a_draft_that_is_gone_is_led_to_the_course() -> None:
    version, client = draft(), as_person(hr())
    published_by(hr(), version)
    for page in ("writing_draft", "writing_changes", "writing_publish", "writing_lesson_new"):
        answer = client.get(at(page, version))
        assert answer.headers["Location"] == at("writing_course", version)


def test_a_course_that_is_needed_says_why_it_cannot_be_put_away() -> None:
    version = draft()
    Course.objects.filter(pk=version.course_id).update(needed_to_write=True)
    client = as_person(hr())
    page = text_of(client.get(at("writing_course", version)))
    assert "Posting needs this course. Take that back in its settings first." in page
    client.post(at("writing_put_away", version))
    assert Course.objects.get(pk=version.course_id).archived_at is None


def test_a_version_is_read_with_its_right_answers_and_nothing_is_recorded() -> None:
    version = draft()
    QuestionFactory(version=version, lesson=version.lessons.all()[0], text="Inside?")
    client = as_person(hr())
    page = text_of(client.get(at("writing_read", version, 1)))
    assert "Right: Everybody" in page
    page = text_of(client.get(at("writing_read_lesson", version, 1, 1)))
    assert "Would you say it at the counter?" in page
    assert "Inside?" in page
    assert "Next: Lesson 2" in page
    assert client.get(at("writing_read_lesson", version, 1, 9)).status_code == 404
    assert not version.enrolments.exists()
