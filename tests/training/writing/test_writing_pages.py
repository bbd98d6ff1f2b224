"""The pages of lessons and questions: nothing typed is lost, nothing of others overwritten."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from council_social.demonstration.films import film
from tests.training.writing.making import draft, hr, lesson_typed, published_by, question_typed
from tests.visiting import as_person, text_of
from training.actions.writing.lessons import change_lesson
from training.actions.writing.questions import change_question
from training.models import Lesson, LessonFile, Question
from training.writing.words import (
    lesson_words,
    question_words,
    token_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_go_to_a_folder_of_the_test(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def picture(name: str = "bins.png") -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", (40, 30), "#00524c").save(written, "PNG")
    return SimpleUploadedFile(name, written.getvalue(), "image/png")


def lesson_form(lesson: Lesson | None = None, **changed: Any) -> dict[str, Any]:
    seen = token_of(lesson_words(lesson)) if lesson else ""
    return {"title": "Why", "text": "Some cannot see it.", "seen": seen, **changed}


def question_form(**changed: Any) -> dict[str, Any]:
    return {
        "kind": "single",
        "text": "What does it say?",
        "why": "People need it.",
        "answer_1": "What is shown",
        "right_1": "on",
        "answer_2": "The file’s name",
        "why_2": "Nobody can see that.",
        **changed,
    }


def at(name: str, version: Any, *more: Any) -> str:
    return reverse(name, args=[version.course.slug, *more])


def test_the_lesson_to_read_again_is_picked_from_the_lessons_of_the_draft() -> None:
    version, client = draft(), as_person(hr())
    lesson = version.lessons.all()[1]
    page = client.get(at("writing_question_new", version)).content.decode()
    names = page.partition('name="taught_in"')[2].partition("</select>")[0]
    assert [each.title in names for each in version.lessons.all()] == [True, True]

    client.post(at("writing_question_new", version), question_form(taught_in=lesson.pk))

    question = version.questions.get(position=3)
    assert (question.taught_in, question.lesson) == (lesson, None)
    again = client.get(at("writing_question", version, question.pk)).content.decode()
    assert f'<option value="{lesson.pk}" selected>' in again.partition('name="taught_in"')[2]


def test_a_lesson_to_ask_in_and_another_to_read_again_are_not_both_chosen() -> None:
    version = draft()
    one, other = version.lessons.all()
    form = question_form(lesson=one.pk, taught_in=other.pk)
    answer = as_person(hr()).post(at("writing_question_new", version), form)
    assert answer.status_code == 422
    assert "Leave this empty, or ask it in the quiz." in text_of(answer)
    assert version.questions.count() == 2


def test_a_lesson_is_saved_as_it_was_typed() -> None:
    version = draft()
    form = lesson_form(text="One.\r\n\r\nTwo. \r\n", in_refresher="on")
    as_person(hr()).post(at("writing_lesson_new", version), form)
    lesson = version.lessons.get(position=3)
    assert lesson_words(lesson) == lesson_typed(text="One.\n\nTwo.")


def test_a_lesson_that_somebody_else_changed_is_shown_beside_ones_own() -> None:
    version, by = draft(), hr()
    lesson = version.lessons.all()[0]
    form = lesson_form(lesson, text="Mine.")
    theirs = lesson_typed(text="Theirs.")
    change_lesson(
        by=by, course=version.course, lesson_id=lesson.pk, words=theirs, seen=form["seen"]
    )
    client, address = as_person(by), at("writing_lesson", version, lesson.pk)

    answer = client.post(address, form)

    assert answer.status_code == 409
    text = text_of(answer)
    assert "Mine." in text
    assert "Theirs." in text
    lesson.refresh_from_db()
    assert lesson.text == "Theirs."
    # “Save what I typed instead” sends what was typed with what has been seen by now.
    assert f'name="seen" value="{token_of(theirs)}"' in answer.content.decode()
    client.post(address, {**form, "seen": token_of(theirs), "do": "save"})
    lesson.refresh_from_db()
    assert lesson.text == "Mine."


@pytest.mark.parametrize("page", ["lesson", "question"])
def test_what_was_typed_for_something_that_is_gone_is_shown(page: str) -> None:
    version, client = draft(), as_person(hr())
    of = version.lessons if page == "lesson" else version.questions
    pk = of.all()[0].pk
    of.all()[0].delete()
    form = lesson_form() if page == "lesson" else question_form()

    assert client.get(at(f"writing_{page}", version, pk)).status_code == 404
    answer = client.post(at(f"writing_{page}", version, pk), form)

    assert answer.status_code == 409
    assert "It was deleted meanwhile" in text_of(answer)
    assert (form["text"]) in text_of(answer)


def test_what_was_typed_when_the_draft_was_published_is_not_lost() -> None:
    version = draft()
    published_by(hr(), version)
    answer = as_person(hr()).post(
        at("writing_lesson_new", version), lesson_form(text="A long text.")
    )
    assert answer.status_code == 422
    assert "There is no draft any more" in text_of(answer)
    assert "A long text." in text_of(answer)


def test_a_preview_saves_nothing() -> None:
    version = draft()
    answer = as_person(hr()).post(
        at("writing_lesson_new", version), lesson_form(text="**Loud**", do="preview")
    )
    assert "<strong>Loud</strong>" in answer.content.decode()
    assert version.lessons.count() == 2


def test_the_part_with_the_preview_is_as_safe_as_the_lesson() -> None:
    answer = as_person(hr()).post(
        at("writing_text_preview", draft()), {"text": "<script>x</script> **Loud**"}
    )
    assert b"<script>" not in answer.content
    assert b"<strong>Loud</strong>" in answer.content


def test_a_picture_goes_into_the_text_with_its_words_and_is_not_saved_yet() -> None:
    version = draft()
    client, address = as_person(hr()), at("writing_lesson_new", version)
    form = lesson_form(do="picture", picture=picture(), picture_words="Three [green] bins")

    page = client.post(address, form).content.decode()

    kept = LessonFile.objects.get()
    typed = f"Some cannot see it.\n\n![Three (green) bins](picture:{kept.pk})"
    assert typed in page
    assert f'src="{reverse("lesson_file", args=[version.course.slug, kept.pk])}"' in page
    assert version.lessons.count() == 2
    client.post(address, lesson_form(text=typed))
    assert version.lessons.get(position=3).text == typed
    assert client.get(at("lesson_file", version, kept.pk)).status_code == 200


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"picture_words": "Bins"}, "Choose a picture."),
        ({"picture": picture()}, "Say what the picture shows."),
        (
            {"picture": SimpleUploadedFile("a.png", b"<script>"), "picture_words": "Bins"},
            "“a.png”",
        ),
    ],
)
def test_a_picture_that_cannot_be_taken_costs_nothing_typed(sent: Any, said: str) -> None:
    version = draft()
    answer = as_person(hr()).post(
        at("writing_lesson_new", version), lesson_form(do="picture", text="A long text.", **sent)
    )
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "A long text." in text_of(answer)
    assert not LessonFile.objects.exists()


def test_a_video_needs_its_transcript_and_can_be_taken_out_again() -> None:
    version = draft()
    client, address = as_person(hr()), at("writing_lesson_new", version)
    raw = film("books", "Story time")

    def sent() -> SimpleUploadedFile:
        return SimpleUploadedFile("story.mp4", raw, "video/mp4")

    without = client.post(address, lesson_form(video=sent()))
    assert without.status_code == 422
    assert "Enter a transcript of the video." in text_of(without)
    client.post(address, lesson_form(video=sent(), transcript="A shelf of books."))
    lesson = version.lessons.get(position=3)
    assert lesson.video
    assert lesson.video.is_video
    client.post(
        at("writing_lesson", version, lesson.pk),
        lesson_form(lesson, transcript=lesson.transcript, without_video="on"),
    )
    lesson.refresh_from_db()
    assert lesson.video_id is None
    assert lesson.transcript == ""


def test_a_picture_is_no_video() -> None:
    answer = as_person(hr()).post(
        at("writing_lesson_new", draft()), lesson_form(video=picture(), transcript="Books.")
    )
    assert answer.status_code == 422
    assert "This is a picture." in text_of(answer)


def test_a_question_is_saved_and_the_next_one_begun() -> None:
    version = draft()
    answer = as_person(hr()).post(at("writing_question_new", version), question_form(do="another"))
    assert answer.headers["Location"] == at("writing_question_new", version)
    words = question_words(version.questions.get(position=3))
    assert [(each.text, each.is_right, each.why) for each in words.answers] == [
        ("What is shown", True, ""),
        ("The file’s name", False, "Nobody can see that."),
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"answer_2": ""}, "Enter at least two answers."),
        ({"right_1": ""}, "Tick the right answer."),
        ({"right_2": "on"}, "Leave at least one wrong answer."),
        ({"answer_3": "A", "right_2": "on"}, "Tick only one right answer"),
        ({"answer_2": "WHAT is shown"}, "Two answers are the same."),
        ({"right_5": "on"}, "Enter answer 5, or untick it."),
        ({"why": " "}, "Say why the right answer is right."),
        ({"text": ""}, "Enter the question."),
        ({"lesson": "999999"}, "That lesson has been deleted."),
        ({"kind": ""}, "Choose how many answers are right."),
    ],
)
def test_what_is_wrong_with_a_question_is_said(changed: dict[str, str], said: str) -> None:
    version = draft()
    answer = as_person(hr()).post(at("writing_question_new", version), question_form(**changed))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert version.questions.count() == 2


def test_a_question_that_somebody_else_changed_is_shown_beside_ones_own() -> None:
    version, by = draft(), hr()
    question = version.questions.all()[0]
    seen = token_of(question_words(question))
    change_question(
        by=by, course=version.course, question_id=question.pk, words=question_typed(), seen=seen
    )
    answer = as_person(by).post(
        at("writing_question", version, question.pk), question_form(text="Mine?", seen=seen)
    )
    assert answer.status_code == 409
    assert "Right: What is shown" in text_of(answer)
    assert Question.objects.get(pk=question.pk).text == "What does it say?"
