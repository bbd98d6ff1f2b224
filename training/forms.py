"""The forms about learning."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import User
from pages.days import WITHIN_REASON
from training.models import Course, PolicyVersion

READ_AGAIN = "Read the policy and try again."


class AcknowledgeForm(forms.Form):
    """Which version was on the page: never another that came into force meanwhile."""

    version = forms.ModelChoiceField(
        queryset=PolicyVersion.objects.all(),
        widget=forms.HiddenInput,
        error_messages={"required": READ_AGAIN, "invalid_choice": READ_AGAIN},
    )
    read = forms.BooleanField(
        label="I have read this policy and will follow it",
        error_messages={"required": "Tick the box to say that you have read the policy."},
    )


class CompletionForm(forms.Form):
    person = forms.ModelChoiceField(
        label="Person",
        queryset=User.objects.none(),
        error_messages={
            "required": "Choose a person.",
            "invalid_choice": "Choose somebody who works here.",
        },
    )
    course = forms.ModelChoiceField(
        label="Course",
        queryset=Course.objects.all(),
        error_messages={
            "required": "Choose a course.",
            "invalid_choice": "Choose a course on the list.",
        },
    )
    completed_on = forms.DateField(
        label="Day of completion",
        help_text="For example, 31/03/2026",
        validators=WITHIN_REASON,
        widget=forms.DateInput,
        error_messages={
            "required": "Enter the day of completion.",
            "invalid": "Enter a real date, such as 31/03/2026.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.employed()  # type: ignore[attr-defined]
