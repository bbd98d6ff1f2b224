"""Questions that several forms ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pages.days import WITHIN_REASON
from pages.numbers import whole_number


def day(
    label: str,
    help_text: str = "",
    *,
    required: bool = True,
    called: str = "",
    example: str = "31/03/2027",
) -> forms.DateField:
    """A date. `called` is what the error that asks for it calls it, where that is not `label`."""
    called = called or f"{label[0].lower()}{label[1:]}"
    return forms.DateField(
        label=label,
        help_text=help_text or f"For example, {example}",
        required=required,
        validators=WITHIN_REASON,
        widget=forms.DateInput,
        error_messages={
            "required": f"Enter {called}.",
            "invalid": f"Enter a real date, such as {example}.",
        },
    )


def reason() -> forms.CharField:
    return forms.CharField(
        label="Reason",
        help_text="Kept in the audit trail",
        max_length=250,
        error_messages={"required": "Enter a reason."},
    )


def line(label: str, most: int, help_text: str = "", **more: Any) -> forms.CharField:
    """A text that may be left out, unless `more` says otherwise."""
    return forms.CharField(
        label=label, max_length=most, help_text=help_text, **{"required": False, **more}
    )


class AimsField(forms.ModelMultipleChoiceField):
    """Strategic aims; a key that no database can hold is no aim."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        if any(whole_number(str(key)) is None for key in value or ()):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)
