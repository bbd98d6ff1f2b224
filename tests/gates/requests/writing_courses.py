"""What is asked of writing courses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests.gates.small_council import Council
from tests.training.making import CourseVersionFactory, LessonFactory, QuestionFactory
from training.models import Course, CourseVersion
from training.writing.words import (
    draft_token,
    facts_of,
    lesson_words,
    question_words,
    settings_of,
    token_of,
)

Body = dict[str, Any]


def version_of(council: Council, about: str) -> CourseVersion:
    """A version of a course of its own, with two lessons and two questions, that is `about`:
    "draft" (which may be published), "published" or "away", published and put away.
    """
    slug = f"course-{about}"
    there = CourseVersion.objects.filter(course__slug=slug).first()
    if there:
        return there
    away = timezone.now() if about == "away" else None
    # It is there without a version once its draft has been withdrawn.
    course, _ = Course.objects.get_or_create(
        slug=slug, defaults={"title": f"A course, {about}", "archived_at": away}
    )
    version: CourseVersion = CourseVersionFactory(
        course=course, published_at=None, questions_drawn=1, refresher_questions_drawn=1
    )
    for _ in range(2):
        LessonFactory(version=version, in_refresher=True)
        QuestionFactory(version=version, in_refresher=True)
    if about != "draft":
        version.published_at = timezone.now()
        version.save(update_fields=["published_at"])
    return version


def _course(council: Council, about: str) -> list[Any]:
    return [version_of(council, about).course.slug]


def _read(council: Council, about: str) -> list[Any]:
    version = version_of(council, about)
    return [version.course.slug, version.number]


def _lesson(council: Council, about: str) -> list[Any]:
    version = version_of(council, "draft")
    return [version.course.slug, version.lessons.all()[0].pk]


def _question(council: Council, about: str) -> list[Any]:
    version = version_of(council, "draft")
    return [version.course.slug, version.questions.all()[0].pk]


def _facts(council: Council, about: str) -> Body:
    facts = {"title": "Writing alt text", "summary": "", "valid_months": 12, "grace_days": 0}
    if not about:
        return facts
    return {**facts, "seen": token_of(facts_of(version_of(council, about).course))}


def _settings(council: Council, about: str) -> Body:
    return {
        "pass_mark": 70,
        "questions_drawn": 1,
        "refresher_questions_drawn": 1,
        "attempts_allowed": "",
        "minutes": 20,
        "refresher_minutes": 5,
        "seen": token_of(settings_of(version_of(council, "draft"))),
    }


def _lesson_typed(council: Council, about: str) -> Body:
    lesson = version_of(council, "draft").lessons.all()[0]
    return {"title": "Alt text", "text": "Say it.", "seen": token_of(lesson_words(lesson))}


def _question_typed(council: Council, about: str) -> Body:
    question = version_of(council, "draft").questions.all()[0]
    return {
        "kind": "single",
        "text": "What does alt text say?",
        "why": "People who cannot see the picture need it.",
        "answer_1": "What the picture shows",
        "right_1": "on",
        "answer_2": "The name of the file",
        "seen": token_of(question_words(question)),
    }


PLACES: dict[str, Callable[[Council, str], list[Any]]] = {
    **dict.fromkeys(
        (
            "writing_course",
            "writing_settings",
            "writing_start",
            "writing_put_away",
            "writing_bring_back",
            "writing_draft",
            "writing_draft_settings",
            "writing_changes",
            "writing_publish",
            "writing_withdraw",
            "writing_text_preview",
            "writing_lesson_new",
            "writing_question_new",
        ),
        _course,
    ),
    **dict.fromkeys(
        ("writing_lesson", "writing_lesson_move", "writing_lesson_delete"),
        _lesson,
    ),
    **dict.fromkeys(
        ("writing_question", "writing_question_move", "writing_question_delete"),
        _question,
    ),
    "writing_read": _read,
    "writing_read_lesson": lambda council, about: [*_read(council, about), 1],
}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "writing_course_new": _facts,
    "writing_settings": _facts,
    "writing_starters": lambda council, about: {"needed": "no"},
    "writing_draft_settings": _settings,
    "writing_publish": lambda council, about: {
        "asks": "nobody",
        "seen": draft_token(version_of(council, "draft")),
    },
    "writing_text_preview": lambda council, about: {"text": "**Say it.**"},
    "writing_lesson_new": _lesson_typed,
    "writing_lesson": _lesson_typed,
    "writing_question_new": _question_typed,
    "writing_question": _question_typed,
    "writing_lesson_move": lambda council, about: {"to": "down"},
    "writing_question_move": lambda council, about: {"to": "down"},
}
