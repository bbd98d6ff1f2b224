"""What of a quiz is shown: the attempt at hand, its questions, and how each was answered."""

from __future__ import annotations

from django.db.models import Prefetch

from accounts.models import User
from training.models import Answer, Course, DrawnQuestion, QuizAttempt
from training.taking.drawing import in_order
from training.taking.judged import Judged, judged


def open_attempt(user: User, course: Course) -> QuizAttempt | None:
    """The one that is under way, of an enrolment that is."""
    return (
        QuizAttempt.objects.filter(
            enrolment__user=user,
            enrolment__course=course,
            enrolment__ended_at=None,
            ended_at=None,
        )
        .select_related("enrolment__version", "enrolment__course")
        .first()
    )


def attempt_shown(user: User, course: Course) -> QuizAttempt | None:
    """The one under way, else the last that came to its end."""
    return open_attempt(user, course) or (
        QuizAttempt.objects.filter(enrolment__user=user, enrolment__course=course)
        .exclude(ended_at=None)
        .select_related("enrolment__version", "enrolment__course")
        .order_by("-ended_at", "-pk")
        .first()
    )


def drawn_of(attempt: QuizAttempt) -> list[DrawnQuestion]:
    """All its questions in their order, with their answers and lessons. Two queries."""
    rows = attempt.drawn.select_related("question__taught_in").prefetch_related(
        Prefetch("question__answers", Answer.objects.order_by("position"))
    )
    return list(rows.order_by("position"))


def answers_of(drawn: DrawnQuestion) -> list[Answer]:
    """In the order in which they were drawn, the same each time they are shown."""
    named = {each.pk: each for each in drawn.question.answers.all()}
    return list(in_order(drawn.order, named))


def judged_of(drawn: DrawnQuestion) -> Judged:
    """How an answered question was answered."""
    return judged(drawn.question, answers_of(drawn), drawn.chosen or [])


def first_unanswered(drawn: list[DrawnQuestion]) -> DrawnQuestion | None:
    return next((each for each in drawn if each.answered_at is None), None)
