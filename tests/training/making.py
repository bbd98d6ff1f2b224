"""Courses as learners have them: a published version with lessons and questions.

`published()` makes a whole one; the first lesson, and every other question of the bank, are of the
refresher too.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import factory
from django.utils import timezone

from tests.factories import CourseFactory
from tests.model_factory import ModelFactory
from training.models import (
    Answer,
    Course,
    CourseVersion,
    Lesson,
    Question,
    QuestionKind,
)


class CourseVersionFactory(ModelFactory[CourseVersion]):
    """A published version without lessons or questions; one that gets some: `published_at=None`."""

    class Meta:
        model = CourseVersion

    course = factory.SubFactory(CourseFactory)
    number = factory.LazyAttribute(lambda made: made.course.versions.count() + 1)
    published_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))


class LessonFactory(ModelFactory[Lesson]):
    class Meta:
        model = Lesson

    version = factory.SubFactory(CourseVersionFactory, published_at=None)
    position = factory.LazyAttribute(lambda made: made.version.lessons.count() + 1)
    title = factory.LazyAttribute(lambda made: f"Lesson {made.position}")
    text = "## Think first\n\nWould you say it at the counter?"


class QuestionFactory(ModelFactory[Question]):
    """Of the bank, or inside `lesson`; `answers` are words, the right ones `right`."""

    class Meta:
        model = Question
        skip_postgeneration_save = True

    version = factory.SubFactory(CourseVersionFactory, published_at=None)
    position = factory.LazyAttribute(lambda made: made.version.questions.count() + 1)
    kind = QuestionKind.SINGLE
    text = factory.LazyAttribute(lambda made: f"Question {made.position}: who may see a post?")
    why = "What is on the internet can be copied."

    @classmethod
    def _create(cls, model_class: type[Question], *args: Any, **kwargs: Any) -> Question:
        words = kwargs.pop("answers", ("Everybody", "Only friends", "Nobody"))
        right = kwargs.pop("right", ("Everybody",))
        question: Question = super()._create(model_class, *args, **kwargs)
        for position, text in enumerate(words, start=1):
            Answer.objects.create(
                question=question, position=position, text=text, is_right=text in right
            )
        return question


def publish(version: CourseVersion, at: datetime | None = None) -> CourseVersion:
    """Publish a draft, an hour ago: the database refuses any change to it and to what is in it."""
    version.published_at = at or timezone.now() - timedelta(hours=1)
    version.save(update_fields=["published_at"])
    return version


def published(
    course: Course | None = None, *, lessons: int = 3, questions: int = 4, **fields: Any
) -> CourseVersion:
    """A version that can be taken: `questions` in its bank, the second with two right answers.

    `fields` are those of the version, as in `pass_mark=50`. One that gets more than that, before
    its `publish`: `published_at=None`.
    """
    publish_at = fields.pop("published_at", timezone.now() - timedelta(hours=1))
    version: CourseVersion = CourseVersionFactory(
        course=course or CourseFactory(), published_at=None, **fields
    )
    for at in range(lessons):
        LessonFactory(version=version, in_refresher=at == 0)
    for at in range(questions):
        several = at == 1
        QuestionFactory(
            version=version,
            in_refresher=at % 2 == 0,
            kind=QuestionKind.MULTIPLE if several else QuestionKind.SINGLE,
            right=("Everybody", "Only friends") if several else ("Everybody",),
        )
    return publish(version, publish_at) if publish_at else version
