"""Where a wrong answer sends people: to the lesson that would have told them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from training.models import Question
from training.taking.way import Way


@dataclass(frozen=True, slots=True)
class ReadAgain:
    title: str
    address: str
    """Empty where the lesson does not open for them: they have to begin the course anew first."""


def read_again(question: Question, way: Way | None) -> ReadAgain | None:
    """None where the question names no lesson. `way` is the person's last of that course."""
    lesson = question.taught_in
    if lesson is None:
        return None
    if way is None or not way.opens(lesson):
        return ReadAgain(lesson.title, "")
    at = reverse("lesson", args=[way.enrolment.course.slug, lesson.position])
    return ReadAgain(lesson.title, at)
