"""Forms about takedowns: why a post is taken down, and the proof that it was removed by hand."""

from __future__ import annotations

from typing import Any

from django import forms

from publishing.models import TakedownReason


class TakeDownForm(forms.Form):
    kind = forms.ChoiceField(
        label="Why is it taken down?",
        choices=TakedownReason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose why the post is taken down",
            "invalid_choice": "Choose one of the reasons",
        },
    )
    reason = forms.CharField(
        label="What happened?",
        max_length=1000,
        help_text="It is kept for good, in the audit trail too. No personal data.",
        error_messages={"required": "Say why the post is taken down"},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ProofForm(forms.Form):
    """What shows that somebody removed it: words, a picture, or both."""

    note = forms.CharField(
        label="What did you see once it was removed?",
        max_length=1000,
        required=False,
        help_text=(
            "For example: I deleted it, and its address says that the page is not available."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    picture = forms.FileField(
        label="A picture of it",
        required=False,
        help_text="A screenshot as PNG or JPEG. Whoever may see the post may see it.",
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg"}),
        error_messages={"empty": "The picture is empty: choose another file"},
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not given.get("note") and not given.get("picture"):
            words = "Say what you saw once it was removed, or add a picture of it"
            self.add_error("note", words)
        return given
