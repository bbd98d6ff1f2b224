"""Acknowledging a policy."""

from __future__ import annotations

from django import forms

from training.models import PolicyVersion

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
