"""The database refuses to change what people learnt, whoever asks it and however."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import timezone

from tests.factories import CourseFactory
from tests.training.making import CourseVersionFactory, LessonFactory, QuestionFactory, published
from training.models import Answer, CourseVersion, Lesson, Question
from training.triggers.courses import REFUSED
from training.triggers.lessons_of_questions import REFUSED as STRANGE

pytestmark = pytest.mark.django_db

Deed = Callable[[CourseVersion], object]


def _lesson(version: CourseVersion) -> Lesson:
    return version.lessons.all()[0]


def _question(version: CourseVersion) -> Question:
    return version.questions.all()[0]


def _into(version: CourseVersion, made: Lesson | Question) -> object:
    return type(made).objects.filter(pk=made.pk).update(version=version)


def _replace(version: CourseVersion) -> None:
    """SQLite then fires no trigger for the deletion."""
    draft, lesson = CourseVersionFactory(published_at=None), _lesson(version)
    begin, end = "INSERT OR REPLACE", ""
    if connection.vendor == "postgresql":
        begin, end = "INSERT", "ON CONFLICT (id) DO UPDATE SET version_id = EXCLUDED.version_id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"{begin} INTO training_lesson (id, version_id, position, title, text, in_refresher,"
            f" transcript) VALUES (%s, %s, 1, 'Other', 'Other', %s, '') {end}",
            [lesson.pk, draft.pk, True],
        )


DEEDS: dict[str, Deed] = {
    "the pass mark is lowered": lambda v: CourseVersion.objects.filter(pk=v.pk).update(pass_mark=1),
    "it asks again": lambda v: CourseVersion.objects.filter(pk=v.pk).update(
        asks_again_from=timezone.localdate()
    ),
    "it is a draft again": lambda v: CourseVersion.objects.filter(pk=v.pk).update(
        published_at=None
    ),
    "it is deleted": lambda v: CourseVersion.objects.filter(pk=v.pk)._raw_delete("default"),
    "a lesson is changed": lambda v: v.lessons.update(text="Other words"),
    "a lesson is deleted": lambda v: Lesson.objects.filter(pk=_lesson(v).pk)._raw_delete("default"),
    "a lesson is added": lambda v: LessonFactory(version=v),
    "a lesson is moved in": lambda v: _into(v, LessonFactory(position=99)),
    "a lesson is moved out": lambda v: _into(CourseVersionFactory(published_at=None), _lesson(v)),
    "a lesson is replaced": _replace,
    "a question is changed": lambda v: v.questions.update(text="Other words"),
    "a question is deleted": lambda v: Question.objects.filter(pk=_question(v).pk)._raw_delete(
        "default"
    ),
    "a question is added": lambda v: QuestionFactory(version=v),
    "a question is moved in": lambda v: _into(v, QuestionFactory()),
    "a question names another lesson to read again": lambda v: v.questions.update(
        taught_in=_lesson(v)
    ),
    "an answer becomes right": lambda v: _question(v).answers.update(is_right=True),
    "an answer is deleted": lambda v: _question(v).answers.all()._raw_delete("default"),
    "an answer is added": lambda v: Answer.objects.create(
        question=_question(v), position=9, text="Another"
    ),
    "an answer is moved in": lambda v: Answer.objects.filter(
        pk=QuestionFactory().answers.all()[0].pk
    ).update(question=_question(v)),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_what_is_published_stands(deed: Deed) -> None:
    version = published()
    with pytest.raises((IntegrityError, InternalError), match=REFUSED), transaction.atomic():
        deed(version)


def test_a_draft_is_free_to_change_until_it_is_published() -> None:
    version = CourseVersionFactory(published_at=None)
    lesson, question = LessonFactory(version=version), QuestionFactory(version=version)
    version.lessons.update(text="Other words")
    question.answers.update(text="Other words")
    question.delete()
    lesson.delete()
    LessonFactory(version=version)
    version.published_at = timezone.now()
    version.save(update_fields=["published_at"])
    with pytest.raises((IntegrityError, InternalError), match=REFUSED), transaction.atomic():
        version.lessons.update(text="Yet other words")


def _named(lesson: str) -> tuple[CourseVersion, Question]:
    """A draft and a question of it that names one of its lessons, there or to be read again."""
    version = CourseVersionFactory(published_at=None)
    question = QuestionFactory(version=version, **{lesson: LessonFactory(version=version)})
    return version, question


@pytest.mark.parametrize("lesson", ["lesson", "taught_in"])
def test_a_question_names_no_lesson_of_another_version(lesson: str) -> None:
    version, question = _named(lesson)
    another = CourseVersionFactory(course=CourseFactory(slug="another"), published_at=None)
    strange = LessonFactory(version=another)
    deeds: list[Deed] = [
        lambda v: Question.objects.filter(pk=question.pk).update(**{lesson: strange}),
        lambda v: QuestionFactory(version=v, **{lesson: strange}),
        lambda v: Question.objects.filter(pk=question.pk).update(version=strange.version),
        lambda v: v.lessons.update(version=strange.version, position=9),
    ]
    for deed in deeds:
        refused = pytest.raises((IntegrityError, InternalError), match=STRANGE)
        with refused, transaction.atomic():
            deed(version)


def test_a_question_inside_a_lesson_names_none_to_read_again() -> None:
    version, question = _named("lesson")
    refused = pytest.raises(IntegrityError, match="a_question_inside_a_lesson_is_taught_there")
    with refused, transaction.atomic():
        Question.objects.filter(pk=question.pk).update(taught_in=_lesson(version))


def test_a_question_stays_and_names_no_lesson_once_that_is_deleted() -> None:
    version, question = _named("taught_in")
    _lesson(version).delete()
    question.refresh_from_db()
    assert question.taught_in is None


def test_a_draft_goes_with_all_that_is_in_it() -> None:
    version = CourseVersionFactory(published_at=None)
    QuestionFactory(version=version, lesson=LessonFactory(version=version))
    version.delete()
    assert not Answer.objects.exists()
