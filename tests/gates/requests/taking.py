"""What is asked of courses that people take, and of certificates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests.gates.small_council import Council
from tests.training.making import publish, published
from training.models import (
    Completion,
    Course,
    DrawnQuestion,
    Enrolment,
    Lesson,
    LessonFile,
    LessonRead,
    QuizAttempt,
)

Body = dict[str, Any]
SLUG = "taken-here"


def _course(council: Council) -> Course:
    """Begun by everybody, and no lesson read."""
    there = Course.objects.filter(slug=SLUG).first()
    if there:
        return there
    course = Course.objects.create(slug=SLUG, title="Taken here")
    version = published(course, questions=1, published_at=None)
    file = _picture(council, course)
    version.lessons.filter(position=1).update(text=f"![A map](picture:{file.pk})")
    publish(version)
    Enrolment.objects.bulk_create(
        Enrolment(user=each, version=version, course=version.course)
        for each in council.people.values()
    )
    return version.course


def _read(council: Council) -> Course:
    """The same, and every lesson read."""
    course = _course(council)
    LessonRead.objects.bulk_create(
        (
            LessonRead(enrolment=enrolment, lesson=lesson)
            for enrolment in Enrolment.objects.filter(course=course)
            for lesson in Lesson.objects.filter(version__course=course)
        ),
        ignore_conflicts=True,
    )
    return course


def _asked(council: Council, *, over: bool = False) -> Course:
    """The same, and an attempt at the quiz under way, or failed."""
    course = _read(council)
    ended = {"ended_at": timezone.now(), "score": 0, "passed": False} if over else {}
    QuizAttempt.objects.filter(enrolment__course=course).delete()
    attempts = QuizAttempt.objects.bulk_create(
        QuizAttempt(enrolment=each, number=1, **ended)
        for each in Enrolment.objects.filter(course=course)
    )
    question = course.versions.get().questions.get()
    ids = list(question.answers.values_list("pk", flat=True))
    judged = {"answered_at": timezone.now(), "is_right": False, "chosen": ids[1:2]} if over else {}
    DrawnQuestion.objects.bulk_create(
        DrawnQuestion(attempt=each, question=question, position=1, order=ids, **judged)
        for each in attempts
    )
    return course


def _file(council: Council, about: str) -> list[Any]:
    """A picture that a lesson shows."""
    return [SLUG, _course(council).files.get().pk]


def _picture(council: Council, course: Course) -> LessonFile:
    return LessonFile.objects.create(
        course=course,
        file=council.media.file.name,
        digest=council.media.digest,
        content_type=council.media.content_type,
        size=1,
        width=1,
        height=1,
    )


def _certificate(council: Council, about: str) -> list[Any]:
    return [Completion.objects.filter(user=council.people["author"])[0].reference]


PLACES: dict[str, Callable[[Council, str], list[Any]]] = {
    **dict.fromkeys(("course", "course_start"), lambda council, about: [_course(council).slug]),
    "lesson": lambda council, about: [_course(council).slug, 1],
    "quiz": lambda council, about: [_read(council).slug],
    "quiz_question": lambda council, about: [_asked(council).slug, 1],
    "quiz_result": lambda council, about: [_asked(council, over=True).slug],
    "lesson_file": _file,
    **dict.fromkeys(("certificate", "certificate_pdf"), _certificate),
}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "quiz_question": lambda council, about: {"drawn": "1", "chosen": "1"},
}
