"""A question that was answered, as its feedback shows it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from training.models import Answer, Question
from training.taking.drawing import is_right


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    text: str
    is_right: bool
    is_chosen: bool
    why: str
    """Said only of an answer that was chosen, or left out, wrongly."""


@dataclass(frozen=True, slots=True)
class Judged:
    question: Question
    answers: tuple[JudgedAnswer, ...]
    is_right: bool


def judged(question: Question, answers: Iterable[Answer], chosen: Collection[int]) -> Judged:
    """What was right and what was chosen, in the order of `answers`."""
    shown = tuple(answers)
    right = {each.pk for each in shown if each.is_right}
    return Judged(
        question,
        tuple(
            JudgedAnswer(
                text=each.text,
                is_right=each.is_right,
                is_chosen=each.pk in chosen,
                why=each.why if (each.pk in chosen) != each.is_right else "",
            )
            for each in shown
        ),
        is_right(chosen, right),
    )
