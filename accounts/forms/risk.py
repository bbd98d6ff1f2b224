"""The forms about the risk of an account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from accounts.forms.fields import day
from accounts.forms.one_of_many import PersonField
from accounts.models import AssessedHazard, Hazard
from accounts.models.risk import IMPACTS, LIKELIHOODS
from accounts.risk.hazard_scores import QUESTIONS, HazardScores, field_of
from pages.long_select import LongSelect

_LONGEST_CONTROLS = AssessedHazard._meta.get_field("controls").max_length


@dataclass(frozen=True, slots=True)
class Block:
    """What is asked about one hazard: without controls, what they are, and with them."""

    hazard: Hazard
    before: list[BoundField]
    controls: BoundField
    residual: list[BoundField]


def _score(
    label: str, names: Sequence[str], hazard: Hazard | None = None
) -> forms.TypedChoiceField:
    """1 to 5; the error names the hazard, for the summary at the top of a long page."""
    what = f"the {label.lower()}"
    asked = f"{hazard}: choose {what}." if hazard else f"Choose {what}."
    return forms.TypedChoiceField(
        label=label,
        choices=[
            ("", "Choose"),
            *((number, f"{number} – {name}") for number, name in enumerate(names, start=1)),
        ],
        coerce=int,
        widget=LongSelect,
        error_messages={"required": asked, "invalid_choice": asked},
    )


class AssessmentForm(forms.Form):
    """A block for each hazard; with an empty template, two scores as a whole."""

    likelihood = _score("Likelihood", LIKELIHOODS)
    impact = _score("Impact", IMPACTS)
    summary = forms.CharField(
        label="The risk in a few sentences",
        help_text="What could go wrong with this account above all, and for whom",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what the risk is."},
    )
    controls = forms.CharField(
        label="What is done about it",
        help_text="The controls with which the scores were given",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what is done about the risk."},
    )
    risk_owner = PersonField(
        label="Risk owner",
        help_text="Who sees to it that the controls are kept",
        empty_label="Choose a person",
        error_messages={"required": "Choose the risk owner."},
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

    def __init__(self, data: Any, *, hazards: Sequence[Hazard], in_use: bool, initial: Any) -> None:
        super().__init__(data, initial=initial)
        self.hazards = hazards
        as_a_whole = {name: self.fields.pop(name) for name in ("likelihood", "impact", "controls")}
        asked = dict(chain.from_iterable(_questions_about(hazard) for hazard in hazards))
        self.fields = {**(asked or as_a_whole), **self.fields}
        if not in_use:
            del self.fields["is_retrospective"]

    def blocks(self) -> Iterator[Block]:
        """The questions about each hazard, in the order of the template."""
        for hazard in self.hazards:
            fields = [self[field_of(question, hazard)] for question in QUESTIONS]
            yield Block(hazard, fields[:2], fields[2], fields[3:])

    def others(self) -> list[BoundField]:
        """What is asked about the account as a whole."""
        about_hazards = {field_of(q, hazard) for q in QUESTIONS for hazard in self.hazards}
        return [self[name] for name in self.fields if name not in about_hazards]

    def given(self) -> dict[str, Any]:
        """What `assess` is called with."""
        given = dict(self.cleaned_data)
        scores = [
            HazardScores(hazard, **{q: given.pop(field_of(q, hazard)) for q in QUESTIONS})
            for hazard in self.hazards
        ]
        return {**given, "hazards": scores}


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label="What has to be put right?",
        help_text="Whoever made the assessment reads it, and it is kept",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what has to be put right."},
    )


class HazardForm(forms.Form):
    name = forms.CharField(
        label="Hazard",
        max_length=120,
        help_text="In a few words, such as “Defamation”",
        error_messages={"required": "Enter the hazard."},
    )
    description = forms.CharField(
        label="What can happen",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    usual_controls = forms.CharField(
        label="Usual controls",
        max_length=500,
        required=False,
        help_text="What the council does about it everywhere. An assessment begins with it.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ChangeHazardForm(HazardForm):
    is_in_use = forms.BooleanField(
        label="New assessments ask about it",
        help_text="Earlier assessments keep what they say of it either way.",
        required=False,
    )


def _questions_about(hazard: Hazard) -> list[tuple[str, forms.Field]]:
    controls = forms.CharField(
        label="Controls",
        max_length=_LONGEST_CONTROLS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    controls.error_messages["max_length"] = f"{hazard}: the controls are too long."
    questions = {
        "likelihood": _score("Likelihood", LIKELIHOODS, hazard),
        "impact": _score("Impact", IMPACTS, hazard),
        "controls": controls,
        "residual_likelihood": _score("Likelihood with the controls", LIKELIHOODS, hazard),
        "residual_impact": _score("Impact with the controls", IMPACTS, hazard),
    }
    return [(field_of(question, hazard), field) for question, field in questions.items()]
