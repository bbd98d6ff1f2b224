"""Forms about deliveries: the answer to "Is it live?", and the reasons for a stop."""

from __future__ import annotations

from typing import Any

from django import forms

LIVE, AGAIN, LEAVE, LOOK = "live", "again", "leave", "look"


class LiveForm(forms.Form):
    """What a person saw when they looked at the account."""

    answer = forms.ChoiceField(
        label="Is it live?",
        choices=[
            (LIVE, "Yes, it is live"),
            (AGAIN, "No: send it again\nIt is checked once more, and sent now."),
            (LEAVE, "No, and do not send it\nThe delivery is cancelled."),
            (LOOK, "I cannot tell: look for it once more\nThe service reads the account again."),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the post is live"},
    )
    address = forms.URLField(
        label="Its address, if it is live",
        required=False,
        assume_scheme="https",
        max_length=500,
        help_text="Copy it from the post on the platform.",
        error_messages={"invalid": "Enter the address of the post, such as https://…"},
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if (
            given.get("answer") == LIVE
            and not given.get("address")
            and "address" not in self.errors
        ):
            self.add_error("address", "Enter the address of the post, such as https://…")
        return given


class StopForm(forms.Form):
    reason = forms.CharField(
        label="Why is all delivery stopped?",
        max_length=500,
        help_text="Everybody sees it. It is kept in the audit trail.",
        error_messages={"required": "Say why all delivery is stopped"},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReleaseForm(forms.Form):
    stop = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why can delivery go on?",
        max_length=500,
        help_text="It is kept in the audit trail.",
        error_messages={"required": "Say why delivery can go on"},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
