"""The short questions inside a lesson: tried as often as one likes, and nothing of it is kept.

What was answered stands in the page's own address, so that it works without a script, and Back and
Reload do what they should.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict

from training.forms.quizzes import AnswerForm
from training.models import Lesson
from training.taking.judged import Judged, judged


@dataclass(frozen=True)
class ShortQuestion:
    number: int
    situation: str
    form: AnswerForm
    judged: Judged | None
    """None: not answered, or not with anything that the page offers."""
    others: tuple[tuple[str, str], ...]
    """What was answered to the other questions of the page, to be sent along."""


def short_questions(lesson: Lesson, answered: QueryDict) -> list[ShortQuestion]:
    """Those of `lesson`, each with what the address says was answered. Two queries."""
    questions = lesson.questions.prefetch_related("answers")
    names = {f"q{each.pk}" for each in questions}
    shown = []
    for number, question in enumerate(questions, start=1):
        name, answers = f"q{question.pk}", list(question.answers.all())
        sent = answered if f"{name}-sent" in answered or name in answered else None
        form = AnswerForm(sent, question=question, answers=answers, name=name)
        shown.append(
            ShortQuestion(
                number=number,
                situation=question.situation,
                form=form,
                judged=judged(question, answers, form.chosen) if form.is_valid() else None,
                others=tuple(_others(answered, names - {name})),
            )
        )
    return shown


def _others(answered: QueryDict, names: set[str]) -> Iterator[tuple[str, str]]:
    for name in sorted(names):
        for value in answered.getlist(name):
            yield name, value
