"""A question with from two to six answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.forms.fields import seen
from training.actions.writing.questions import INSIDE_ALREADY
from training.forms.writing.fields import Prose, line
from training.models import CourseVersion, Lesson, Question, QuestionKind
from training.writing.problems import FEWEST_ANSWERS, MOST_ANSWERS
from training.writing.words import AnswerWords, QuestionWords, question_words, token_of

NUMBERS = range(1, MOST_ANSWERS + 1)
IN_THE_BANK = "In the bank of the quiz"
NO_LESSON = "No lesson"
GONE = "That lesson has been deleted. Choose another."


def _where(lessons: QuerySet[Lesson]) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label="Where is it asked?",
        queryset=lessons,
        required=False,
        empty_label=IN_THE_BANK,
        help_text="A question inside a lesson does not count towards the pass mark.",
        error_messages={"invalid_choice": GONE},
    )


def _read_again(lessons: QuerySet[Lesson]) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label="Which lesson answers it?",
        queryset=lessons,
        required=False,
        empty_label=NO_LESSON,
        help_text="For a question of the quiz: whoever gets it wrong is told to read that again.",
        error_messages={"invalid_choice": GONE},
    )


class QuestionForm(forms.Form):
    lesson = _where(Lesson.objects.none())
    taught_in = _read_again(Lesson.objects.none())
    kind = forms.ChoiceField(
        label="How many answers are right?",
        choices=QuestionKind.choices,
        widget=forms.RadioSelect,
        initial=QuestionKind.SINGLE,
        error_messages={"required": "Choose how many answers are right."},
    )
    situation = Prose(
        label="Situation",
        rows=4,
        required=False,
        max_length=4000,
        help_text="For a scenario question: what happened, in two to five sentences.",
    )
    text = line("Question", 400, "Enter the question.")
    why = Prose(
        label="Why is that right?",
        rows=3,
        max_length=2000,
        help_text="Shown once it is answered.",
    )
    in_refresher = forms.BooleanField(
        label="In the refresher",
        help_text="A refresher’s quiz is drawn from these questions.",
        required=False,
    )
    seen = seen()

    def __init__(
        self,
        data: Any = None,
        *,
        draft: CourseVersion | None,
        question: Question | None,
        **initial: Any,
    ) -> None:
        words = question_words(question) if question else None
        super().__init__(data, initial={**_initial(words), **initial}, use_required_attribute=False)
        if draft:
            self.fields["lesson"] = _where(draft.lessons.all())
            self.fields["taught_in"] = _read_again(draft.lessons.all())
        for number in NUMBERS:
            self._add_answer(number)

    def _add_answer(self, number: int) -> None:
        # What is missing is said of all answers at once.
        field = forms.CharField if number > FEWEST_ANSWERS else _AskedFor
        self.fields[f"answer_{number}"] = field(
            label=f"Answer {number}", required=number <= FEWEST_ANSWERS, max_length=400
        )
        self.fields[f"right_{number}"] = forms.BooleanField(
            label=f"Answer {number} is right", required=False
        )
        self.fields[f"why_{number}"] = forms.CharField(
            label=f"Why answer {number} is tempting, and wrong", required=False, max_length=400
        )

    @property
    def answer_fields(self) -> list[tuple[int, Any, Any, Any]]:
        return [
            (number, self[f"answer_{number}"], self[f"right_{number}"], self[f"why_{number}"])
            for number in NUMBERS
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("why", "").strip() and "why" not in self.errors:
            self.add_error("why", "Say why the right answer is right.")
        if given.get("lesson") and given.get("taught_in"):
            self.add_error("taught_in", INSIDE_ALREADY)
        answers = self._answers(given)
        for number in NUMBERS:
            if given.get(f"right_{number}") and not given.get(f"answer_{number}"):
                self.add_error(f"answer_{number}", f"Enter answer {number}, or untick it.")
        if problem := _problem(answers, given.get("kind", "")):
            self.add_error("answer_1", problem)
        return given

    def _answers(self, given: dict[str, Any]) -> tuple[AnswerWords, ...]:
        return tuple(
            AnswerWords(
                text=" ".join(given[f"answer_{number}"].split()),
                is_right=bool(given.get(f"right_{number}")),
                why=" ".join(given.get(f"why_{number}", "").split()),
            )
            for number in NUMBERS
            if given.get(f"answer_{number}")
        )

    def words(self) -> QuestionWords:
        given = self.cleaned_data
        lesson, taught_in = given["lesson"], given["taught_in"]
        return QuestionWords(
            kind=QuestionKind(given["kind"]),
            situation=given["situation"],
            text=" ".join(given["text"].split()),
            why=given["why"],
            in_refresher=given["in_refresher"],
            lesson_id=lesson.pk if lesson else None,
            answers=self._answers(given),
            taught_in_id=taught_in.pk if taught_in else None,
            inside=lesson.title if lesson else "",
            read_again=taught_in.title if taught_in else "",
        )


class _AskedFor(forms.CharField):
    """Whether it may be empty is for the form to say; `required` is only for the label."""

    def validate(self, value: Any) -> None:
        """Nothing here."""


def _problem(answers: tuple[AnswerWords, ...], kind: str) -> str:
    right = sum(answer.is_right for answer in answers)
    if len(answers) < FEWEST_ANSWERS:
        return "Enter at least two answers."
    if len({answer.text.casefold() for answer in answers}) < len(answers):
        return "Two answers are the same. Change one of them."
    if not right:
        return "Tick the right answer."
    if right == len(answers):
        return "Leave at least one wrong answer."
    if kind == QuestionKind.SINGLE and right > 1:
        return "Tick only one right answer, or choose that several are right."
    return ""


def _initial(words: QuestionWords | None) -> dict[str, Any]:
    if words is None:
        return {}
    initial: dict[str, Any] = {
        "lesson": words.lesson_id,
        "taught_in": words.taught_in_id,
        "kind": words.kind,
        "situation": words.situation,
        "text": words.text,
        "why": words.why,
        "in_refresher": words.in_refresher,
        "seen": token_of(words),
    }
    for number, answer in enumerate(words.answers, 1):
        initial[f"answer_{number}"] = answer.text
        initial[f"right_{number}"] = answer.is_right
        initial[f"why_{number}"] = answer.why
    return initial
