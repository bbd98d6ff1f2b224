"""Looking a certificate up."""

from __future__ import annotations

from django import forms

from training.certificates.checking import number_of


class NumberForm(forms.Form):
    number = forms.CharField(
        label="Certificate number",
        help_text="Twelve letters and figures, for example K7PM-2QXW-94TD.",
        max_length=60,
        error_messages={
            "required": "Enter the number of the certificate.",
            "max_length": "A number has twelve letters and figures, as in K7PM-2QXW-94TD.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_number(self) -> str:
        number = number_of(self.cleaned_data["number"])
        if not number:
            raise forms.ValidationError(
                "A number has twelve letters and figures, as in K7PM-2QXW-94TD."
            )
        return number
