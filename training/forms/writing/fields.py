"""Fields that the forms of courses share."""

from __future__ import annotations

from typing import Any

from django import forms

LONGEST_LESSON = 50_000


class Prose(forms.CharField):
    """A text of several lines, with line ends as everywhere but in forms.

    `required` only takes "(optional)" off the label: whether it may be empty is for others to say.
    """

    def __init__(self, *, rows: int, **options: Any) -> None:
        super().__init__(strip=False, widget=forms.Textarea(attrs={"rows": rows}), **options)

    def validate(self, value: Any) -> None:
        """What is missing is said by the form, or by what stands in the way of publishing."""

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "")
        return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()


def number(label: str, least: int, most: int, help_text: str = "", **more: Any) -> Any:
    """A whole number; what is wrong with another one is said with both limits."""
    wrong = f"Enter a whole number from {least} to {most}."
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
        **more,
    )


def line(label: str, most: int, missing: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        help_text=help_text,
        error_messages={
            "required": missing,
            "max_length": f"Use at most {most} characters.",
        },
    )
