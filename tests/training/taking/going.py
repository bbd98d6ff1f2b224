"""Somebody who goes through a course: reads it, sits its quiz, passes."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from accounts.models import User
from training.actions.completions import record_completion
from training.actions.quizzes import answer, begin_attempt
from training.actions.taking import begin, read_lesson
from training.models import Completion, Course, CourseVersion, DrawnQuestion, QuizAttempt
from training.taking.way import way_of


def read_all(user: User, course: Course) -> None:
    """Whatever is still unread."""
    while (way := way_of(user, course)) and way.unread:
        read_lesson(by=user, lesson=way.unread[0])


def right_of(drawn: DrawnQuestion) -> list[int]:
    return list(drawn.question.answers.filter(is_right=True).values_list("pk", flat=True))


def wrong_of(drawn: DrawnQuestion) -> list[int]:
    return list(drawn.question.answers.filter(is_right=False).values_list("pk", flat=True))[:1]


def sit(user: User, course: Course, *, wrong: int = 0) -> QuizAttempt:
    """A whole attempt, its first `wrong` questions answered wrongly."""
    attempt = begin_attempt(by=user, course=course)
    for number, drawn in enumerate(attempt.drawn.order_by("position")):
        answer(by=user, drawn=drawn, chosen=wrong_of(drawn) if number < wrong else right_of(drawn))
    attempt.refresh_from_db()
    return attempt


def passed(user: User, course: Course) -> Completion:
    begin(by=user, course=course)
    read_all(user, course)
    sit(user, course)
    return Completion.objects.filter(user=user, course=course).order_by("-pk")[0]


def completed(user: User, version: CourseVersion, on: date | None = None) -> Completion:
    """Recorded by HR, of that version."""
    kept = record_completion(
        by=None, person=user, course=version.course, completed_on=on or timezone.localdate()
    )
    Completion.objects.filter(pk=kept.pk).update(version=version, version_number=version.number)
    return kept
