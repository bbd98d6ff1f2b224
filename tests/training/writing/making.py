"""Drafts as authors have them, and the words that they type."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from accounts.permissions import CorporateRole
from tests.factories import person
from tests.training.making import CourseVersionFactory, LessonFactory, QuestionFactory
from training.actions.writing.versions import publish_draft
from training.models import Course, CourseVersion, QuestionKind
from training.writing.words import (
    AnswerWords,
    CourseFacts,
    LessonWords,
    QuestionWords,
    draft_token,
)


def hr(**fields: Any) -> User:
    return person(CorporateRole.HR, **fields)


def draft(**fields: Any) -> CourseVersion:
    """Ready to be published: two lessons and two questions, of which the quiz draws one."""
    course = Course.objects.create(slug="alt-text", title="Alt text")
    given = {"course": course, "questions_drawn": 1, "refresher_questions_drawn": 1, **fields}
    version: CourseVersion = CourseVersionFactory(published_at=None, **given)
    for _ in range(2):
        LessonFactory(version=version, in_refresher=True)
        QuestionFactory(version=version, in_refresher=True)
    return version


def published_by(by: User, version: CourseVersion, **how: Any) -> CourseVersion:
    given = {"what_changed": "A new example.", "again_by": None, **how}
    return publish_draft(by=by, course=version.course, seen=draft_token(version), **given)


def facts(**changed: Any) -> CourseFacts:
    given: dict[str, Any] = {
        "title": "Alt text",
        "summary": "",
        "valid_months": 12,
        "grace_days": 0,
        "needed_to_write": False,
        "needed_to_approve": False,
    }
    return CourseFacts(**{**given, **changed})


def lesson_typed(**changed: Any) -> LessonWords:
    given: dict[str, Any] = {"title": "Why", "text": "Some cannot see it.", "in_refresher": True}
    return LessonWords(**{**given, **changed})


def question_typed(**changed: Any) -> QuestionWords:
    given: dict[str, Any] = {
        "kind": QuestionKind.SINGLE,
        "situation": "",
        "text": "What does it say?",
        "why": "People need it.",
        "in_refresher": True,
        "lesson_id": None,
        "answers": (AnswerWords("What is shown", is_right=True), AnswerWords("The file’s name")),
    }
    return QuestionWords(**{**given, **changed})
