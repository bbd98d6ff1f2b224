"""The form about a delivery: the answer to "Is it live?"."""

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
