"""What is entered about conversations."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from accounts.forms.fields import day
from accounts.forms.one_of_many import PersonField
from accounts.models import User
from training.conversations import people_to_talk_to
from training.models import About

LONGEST = 10_000


def _text(label: str, missing: str = "", **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": missing},
        **more,
    )


class WithWhomForm(forms.Form):
    person = PersonField(
        label="Whose conversations",
        error_messages={"required": "Choose a person."},
    )

    def __init__(self, *given: Any, reader: User, **named: Any) -> None:
        super().__init__(*given, **named)
        field = cast("PersonField", self.fields["person"])
        field.offer(people_to_talk_to(reader).order_by("name", "pk"))


class ConversationForm(forms.Form):
    held_on = day("Day of the conversation", called="the day", example="31/03/2026")
    about = forms.ChoiceField(
        label="What it was about",
        choices=About.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what it was about.",
            "invalid_choice": "Choose what it was about.",
        },
    )
    said = _text(
        "What was said",
        "Enter what was said.",
        help_text="The person can read it. It cannot be changed later, only added to.",
    )
    agreed = _text("What was agreed", required=False)
    follow_up_on = day(
        "Day to follow it up",
        "Leave empty if nothing is to be followed up. You are reminded on your home page.",
        required=False,
    )

    def clean_about(self) -> About:
        return About(self.cleaned_data["about"])


class AdditionForm(forms.Form):
    text = _text("What you want to add", "Enter what you want to add.")
