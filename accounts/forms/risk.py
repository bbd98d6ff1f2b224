"""The forms about the risk of an account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.forms.fields import day
from accounts.models.risk import IMPACTS, LIKELIHOODS


def _score(label: str, help_text: str, names: Sequence[str]) -> forms.TypedChoiceField:
    asked = f"Choose a number from 1 to 5 for the {label.lower()}."
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=[(number, f"{number} – {name}") for number, name in enumerate(names, start=1)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": asked, "invalid_choice": asked},
    )


class AssessmentForm(forms.Form):
    likelihood = _score("Likelihood", "How likely it is that something goes wrong", LIKELIHOODS)
    impact = _score("Impact", "How much harm that would do to people or the council", IMPACTS)
    summary = forms.CharField(
        label="What could go wrong",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say what the risk is."},
    )
    controls = forms.CharField(
        label="What is done about it",
        help_text="The controls with which the scores were given",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say what is done about the risk."},
    )
    review_on = day(
        "Review on",
        "Two years from now at most. For example, 31/03/2027",
        called="the day of the next review",
    )
    is_retrospective = forms.BooleanField(
        label="The account was in use before its risk was assessed",
        help_text="The assessment is marked as made in retrospect.",
        required=False,
    )

    def __init__(self, *args: Any, in_use: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not in_use:
            del self.fields["is_retrospective"]
