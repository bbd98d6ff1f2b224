"""Questions that several forms ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import ServiceArea
from pages.days import WITHIN_REASON
from pages.long_select import LongSelect
from pages.numbers import whole_number
from platforms import known


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


def last_day() -> forms.DateField:
    """On which day a role ends, where that is known."""
    return day("Last day", "Leave empty if it has no planned end", required=False)


def role(choices: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Role",
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role."},
    )


def platform() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Platform",
        choices=known.choices,
        widget=LongSelect,
        error_messages={
            "required": "Choose a platform.",
            "invalid_choice": "Choose a platform on the list.",
        },
    )


def service_area(**more: Any) -> forms.ModelChoiceField:
    """A part of the council; it may not be left out, unless `more` says otherwise."""
    return forms.ModelChoiceField(
        label="Service area",
        queryset=ServiceArea.objects.all(),
        widget=LongSelect,
        error_messages={
            "required": "Choose a service area.",
            "invalid_choice": "Choose a service area on the list.",
        },
        **{"empty_label": "Choose a service area", **more},
    )


def seen() -> forms.CharField:
    """A token of what the form was opened with: it tells whether that changed meanwhile."""
    return forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


def line(label: str, most: int, help_text: str = "", **more: Any) -> forms.CharField:
    """A text that may be left out, unless `more` says otherwise."""
    return forms.CharField(
        label=label, max_length=most, help_text=help_text, **{"required": False, **more}
    )


class SeveralField(forms.ModelMultipleChoiceField):
    """Any number of rows; a key that no database can hold is no choice."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"invalid_choice": "Choose from the list."}

    def clean(self, value: Any) -> Any:
        if any(whole_number(str(key)) is None for key in value or ()):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)
