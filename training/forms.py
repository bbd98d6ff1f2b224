"""The forms about learning."""

from __future__ import annotations

from django import forms

from accounts.forms.fields import day
from accounts.forms.one_of_many import PersonField
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
    person = PersonField(label="Person", error_messages={"required": "Choose a person."})
    course = forms.ModelChoiceField(
        label="Course",
        queryset=Course.objects.all(),
        error_messages={
            "required": "Choose a course.",
            "invalid_choice": "Choose a course on the list.",
        },
    )
    completed_on = day("Day of completion", called="the day of completion", example="31/03/2026")
