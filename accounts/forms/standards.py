"""The form of the standards checklist: each item met or not, with what was seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from accounts.actions.standards import Found
from accounts.forms.fields import line, seen
from accounts.forms.refusal import show_refusal
from accounts.housekeeping.standards import Standard, fingerprint_of

MET, NOT_MET = "met", "not_met"


@dataclass(frozen=True, slots=True)
class Asked:
    """One item of the form: its question, and its note."""

    answer: BoundField
    note: BoundField


class StandardsForm(forms.Form):
    """An item that is left open stays as it was."""

    seen = seen()

    def __init__(self, data: Any, standards: list[Standard]) -> None:
        super().__init__(data, initial={"seen": fingerprint_of(standards)})
        self.keys = [each.item.key for each in standards]
        for each in standards:
            self._ask(each)

    def _ask(self, each: Standard) -> None:
        key, answer = each.item.key, each.answer
        self.fields[key] = forms.ChoiceField(
            label=each.item.question,
            help_text=each.item.hint,
            choices=[(MET, "Met"), (NOT_MET, "Not met")],
            widget=forms.RadioSelect,
            required=False,
            error_messages={"invalid_choice": "Choose “Met” or “Not met”."},
        )
        self.fields[key].may_wait = True  # type: ignore[attr-defined]
        self.fields[_note(key)] = line(f"Note on {key.replace('_', ' ')}", 500)
        if answer:
            self.initial[key] = MET if answer.is_met else NOT_MET
            self.initial[_note(key)] = answer.proof

    def items(self) -> Iterator[Asked]:
        return (Asked(self[key], self[_note(key)]) for key in self.keys)

    def found(self) -> dict[str, Found]:
        """What `check_standards` is called with."""
        given = self.cleaned_data
        return {key: Found(given[key] == MET, given[_note(key)]) for key in self.keys if given[key]}

    def refuse(self, refusal: ValidationError) -> None:
        """What the action says of an item stands at its note."""
        if hasattr(refusal, "error_dict"):
            of_notes = {_note(key): errors for key, errors in refusal.error_dict.items()}
            refusal = ValidationError(of_notes)
        show_refusal(self, refusal)


def _note(key: str) -> str:
    return f"{key}_note"
