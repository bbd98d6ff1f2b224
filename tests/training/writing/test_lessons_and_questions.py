"""Lessons and questions of a draft: added, changed, moved and deleted, by one author at a time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from audit.catalogue import Event
from audit.models import Entry
from tests.factories import UserFactory
from tests.training.making import LessonFactory, QuestionFactory, published
from tests.training.writing.making import draft, hr, lesson_typed, question_typed
from training.actions.writing.lessons import add_lesson, change_lesson, delete_lesson, move_lesson
from training.actions.writing.questions import (
    add_question,
    change_question,
    delete_question,
    move_question,
)
from training.models import Course, CourseVersion, Lesson, Question, QuestionKind
from training.writing.locks import StaleWords
from training.writing.words import AnswerWords, lesson_words, question_words, token_of

pytestmark = pytest.mark.django_db


def titles(version: CourseVersion) -> list[tuple[int, str]]:
    return list(version.lessons.values_list("position", "title"))


def test_a_lesson_comes_after_the_last_one() -> None:
    version = draft()
    lesson = add_lesson(by=hr(), course=version.course, words=lesson_typed())
    assert lesson.position == 3
    assert lesson_words(lesson) == lesson_typed()
    entry = Entry.objects.get(event=Event.LESSON_ADDED)
    assert entry.details["after"] == {"lesson": "Why", "version": 1}


def test_a_lesson_is_changed_once_however_often_one_presses() -> None:
    lesson, by = draft().lessons.all()[0], hr()
    seen = token_of(lesson_words(lesson))
    for _ in range(2):
        change_lesson(
            by=by,
            course=lesson.version.course,
            lesson_id=lesson.pk,
            words=lesson_typed(),
            seen=seen,
        )
    assert lesson_words(Lesson.objects.get(pk=lesson.pk)) == lesson_typed()
    assert Entry.objects.filter(event=Event.LESSON_CHANGED).count() == 1


def test_whoever_is_slower_overwrites_no_lesson() -> None:
    lesson, by = draft().lessons.all()[0], hr()
    seen, course = token_of(lesson_words(lesson)), lesson.version.course
    change_lesson(by=by, course=course, lesson_id=lesson.pk, words=lesson_typed(), seen=seen)
    other = lesson_typed(text="Something else.")

    with pytest.raises(StaleWords) as stale:
        change_lesson(by=by, course=course, lesson_id=lesson.pk, words=other, seen=seen)

    assert stale.value.kept == lesson_typed()
    assert lesson_words(Lesson.objects.get(pk=lesson.pk)) == lesson_typed()


def test_a_lesson_that_is_gone_meanwhile_is_said_to_be() -> None:
    version, by = draft(), hr()
    lesson = version.lessons.all()[0]
    delete_lesson(by=by, course=version.course, lesson_id=lesson.pk)
    with pytest.raises(StaleWords) as stale:
        change_lesson(
            by=by, course=version.course, lesson_id=lesson.pk, words=lesson_typed(), seen=""
        )
    assert stale.value.kept is None


def test_lessons_change_places() -> None:
    version, by = draft(), hr()
    first, second = version.lessons.all()
    move_lesson(by=by, course=version.course, lesson_id=second.pk, up=True)
    assert titles(version) == [(1, second.title), (2, first.title)]
    for _ in range(2):  # it is the first already
        move_lesson(by=by, course=version.course, lesson_id=second.pk, up=True)
    assert titles(version) == [(1, second.title), (2, first.title)]
    assert Entry.objects.filter(event=Event.LESSON_MOVED).count() == 1


def test_a_deleted_lesson_leaves_no_gap_and_takes_its_questions_with_it() -> None:
    version, by = draft(), hr()
    first, second = version.lessons.all()
    LessonFactory(version=version)
    QuestionFactory(version=version, lesson=first)
    for _ in range(2):
        delete_lesson(by=by, course=version.course, lesson_id=first.pk)
    assert titles(version) == [(1, second.title), (2, "Lesson 3")]
    assert not version.questions.filter(lesson__isnull=False).exists()
    assert Entry.objects.filter(event=Event.LESSON_DELETED).count() == 1


def test_a_question_is_written_with_its_answers_in_order() -> None:
    version = draft()
    lesson = version.lessons.all()[0]
    words = question_typed(
        kind=QuestionKind.MULTIPLE,
        lesson_id=lesson.pk,
        answers=(
            AnswerWords("One", is_right=True),
            AnswerWords("Two", is_right=True),
            AnswerWords("Three", why="Too long"),
        ),
    )
    question = add_question(by=hr(), course=version.course, words=words)
    assert question_words(question) == words
    assert question.position == 3


def test_changing_a_question_replaces_its_answers() -> None:
    question, by = draft().questions.all()[0], hr()
    course, seen = question.version.course, token_of(question_words(question))
    change_question(
        by=by, course=course, question_id=question.pk, words=question_typed(), seen=seen
    )
    assert question_words(Question.objects.get(pk=question.pk)) == question_typed()
    with pytest.raises(StaleWords):
        change_question(
            by=by,
            course=course,
            question_id=question.pk,
            words=question_typed(text="And now?"),
            seen=seen,
        )
    assert Entry.objects.filter(event=Event.QUESTION_CHANGED).count() == 1


def test_a_question_moves_among_its_own() -> None:
    version, by = draft(), hr()
    first, second = version.questions.all()
    lesson = version.lessons.all()[0]
    inside = QuestionFactory(version=version, lesson=lesson)
    last = QuestionFactory(version=version)
    move_question(by=by, course=version.course, question_id=last.pk, up=True)
    assert list(version.questions.bank()) == [first, last, second]
    move_question(by=by, course=version.course, question_id=inside.pk, up=True)
    assert list(version.questions.filter(lesson=lesson)) == [inside]
    assert Entry.objects.filter(event=Event.QUESTION_MOVED).count() == 1


def test_a_deleted_question_is_gone_with_its_answers() -> None:
    version, by = draft(), hr()
    question = version.questions.all()[0]
    for _ in range(2):
        delete_question(by=by, course=version.course, question_id=question.pk)
    assert version.questions.count() == 1
    assert Entry.objects.filter(event=Event.QUESTION_DELETED).count() == 1


@pytest.mark.parametrize("names", ["lesson_id", "taught_in_id"])
def test_a_question_names_no_lesson_of_another_course(names: str) -> None:
    strange = LessonFactory()
    with pytest.raises(ValidationError, match="That lesson has been deleted"):
        add_question(by=hr(), course=draft().course, words=question_typed(**{names: strange.pk}))


def test_a_question_of_the_quiz_names_the_lesson_to_read_again() -> None:
    version, by = draft(), hr()
    lesson, other = version.lessons.all()
    words = question_typed(taught_in_id=lesson.pk)
    question = add_question(by=by, course=version.course, words=words)
    assert question_words(question) == words

    changed = change_question(
        by=by,
        course=version.course,
        question_id=question.pk,
        words=question_typed(taught_in_id=other.pk),
        seen=token_of(words),
    )

    assert changed.taught_in == other
    assert list(version.questions.bank()).count(changed) == 1
    assert Entry.objects.filter(event=Event.QUESTION_CHANGED).count() == 1


def test_a_question_inside_a_lesson_is_read_again_there_and_names_no_other() -> None:
    version = draft()
    lesson, other = version.lessons.all()
    words = question_typed(lesson_id=lesson.pk, taught_in_id=other.pk)
    with pytest.raises(ValidationError, match="is read again there"):
        add_question(by=hr(), course=version.course, words=words)


def test_a_lesson_with_a_new_title_makes_no_question_of_it_stale() -> None:
    version = draft()
    lesson = version.lessons.all()[0]
    question = QuestionFactory(version=version, taught_in=lesson)
    seen = token_of(question_words(question))
    version.lessons.filter(pk=lesson.pk).update(title="A better title")
    assert token_of(question_words(Question.objects.get(pk=question.pk))) == seen


def test_a_deleted_lesson_leaves_the_questions_of_the_quiz_that_named_it() -> None:
    version = draft()
    lesson = version.lessons.all()[0]
    question = QuestionFactory(version=version, taught_in=lesson)
    delete_lesson(by=hr(), course=version.course, lesson_id=lesson.pk)
    assert Question.objects.get(pk=question.pk).taught_in is None


Deed = Callable[[User, Course], object]
DEEDS: dict[str, Deed] = {
    "add a lesson": lambda by, c: add_lesson(by=by, course=c, words=lesson_typed()),
    "change a lesson": lambda by, c: change_lesson(
        by=by, course=c, lesson_id=1, words=lesson_typed(), seen=""
    ),
    "move a lesson": lambda by, c: move_lesson(by=by, course=c, lesson_id=1, up=True),
    "delete a lesson": lambda by, c: delete_lesson(by=by, course=c, lesson_id=1),
    "add a question": lambda by, c: add_question(by=by, course=c, words=question_typed()),
    "change a question": lambda by, c: change_question(
        by=by, course=c, question_id=1, words=question_typed(), seen=""
    ),
    "move a question": lambda by, c: move_question(by=by, course=c, question_id=1, up=True),
    "delete a question": lambda by, c: delete_question(by=by, course=c, question_id=1),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_what_is_published_is_no_draft(deed: Deed) -> None:
    course = published().course
    with pytest.raises(ValidationError, match="There is no draft any more"):
        deed(hr(), course)


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_nobody_else_changes_a_draft(deed: Deed) -> None:
    course = draft().course
    with pytest.raises(PermissionDenied):
        deed(UserFactory(), course)
