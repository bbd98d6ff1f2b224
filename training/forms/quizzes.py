"""Answering a question: radios where one answer is right, checkboxes where several are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from training.models import Answer, Question, QuestionKind

ONE = "Choose an answer."
SEVERAL = "Choose at least one answer."
ON_THE_PAGE = "Choose from the answers on the page."


class AnswerForm(forms.Form):
    """`answers` in the order in which they are shown; `name` is that of the field."""

    def __init__(
        self,
        data: Any = None,
        *,
        question: Question,
        answers: Sequence[Answer],
        name: str = "chosen",
    ) -> None:
        super().__init__(data, auto_id=f"{name}_%s" if name != "chosen" else "id_%s")
        choices = [(each.pk, each.text) for each in answers]
        if question.kind == QuestionKind.MULTIPLE:
            self.fields[name] = forms.TypedMultipleChoiceField(
                label=question.text,
                help_text="Choose all that are right.",
                choices=choices,
                coerce=int,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": SEVERAL, "invalid_choice": ON_THE_PAGE},
            )
        else:
            self.fields[name] = forms.TypedChoiceField(
                label=question.text,
                choices=choices,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": ONE, "invalid_choice": ON_THE_PAGE},
            )
        self.name = name

    @property
    def chosen(self) -> list[int]:
        """The ids of what was chosen, in a form that is valid."""
        given = self.cleaned_data[self.name]
        return list(given) if isinstance(given, list) else [given]
