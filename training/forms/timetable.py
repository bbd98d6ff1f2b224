"""The strategy's timetable: phases, actions, and how far an action has got."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.forms.fields import day
from accounts.forms.one_of_many import PersonField
from accounts.models import StrategicAim
from training.actions.timetable import Plan
from training.models import ActionState, Phase, StrategyAction

LONGEST = 2_000


class PhaseForm(forms.Form):
    name = forms.CharField(
        label="Name", max_length=150, error_messages={"required": "Enter the name."}
    )
    position = forms.IntegerField(
        label="Order",
        min_value=1,
        max_value=99,
        help_text="1 for the first phase",
        error_messages={"required": "Enter a number from 1 to 99."},
    )
    ends_on = day("Planned end", called="the planned end")


class PlanForm(forms.Form):
    what = forms.CharField(
        label="What is to be done",
        max_length=250,
        error_messages={"required": "Say what is to be done."},
    )
    phase = forms.ModelChoiceField(
        label="Phase",
        queryset=Phase.objects.all(),
        error_messages={
            "required": "Choose a phase.",
            "invalid_choice": "Choose a phase on the list.",
        },
    )
    aim = forms.ModelChoiceField(
        label="Strategic aim",
        queryset=StrategicAim.objects.in_use(),
        required=False,
        error_messages={"invalid_choice": "Choose an aim on the list."},
    )
    owner = PersonField(label="Owner", error_messages={"required": "Choose who answers for it."})
    due_on = day("Due", called="the day on which it is due")
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def plan(self) -> Plan:
        return Plan(**{name: self.cleaned_data[name] for name in Plan.__slots__})


class MoveForm(forms.Form):
    state = forms.ChoiceField(
        label="How far has it got?",
        choices=ActionState.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how far it has got."},
    )
    new_day = day(
        "New day, if it is delayed", called="the new day", required=False, example="31/05/2027"
    )
    why = forms.CharField(
        label="Why, if it is delayed or dropped",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
    )
    evidence = forms.CharField(
        label="What shows it",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text="For example, “12 old accounts closed, list sent to the digital team”",
    )
    link = forms.URLField(
        label="Link",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Enter a whole address, such as https://www.example.org/42."},
    )
    picture = forms.FileField(label="Picture", required=False, help_text="A JPEG or a PNG")
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


def as_planned(action: StrategyAction) -> dict[str, Any]:
    """What the form of a plan begins with."""
    names = ("what", "phase", "aim", "owner", "due_on")
    return {**{name: getattr(action, name) for name in names}, "seen": action.revision}


def as_moved(action: StrategyAction) -> dict[str, Any]:
    names = ("state", "why", "evidence", "link")
    return {**{name: getattr(action, name) for name in names}, "seen": action.revision}
