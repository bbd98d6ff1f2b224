"""Fields that take what is typed and judge nothing: a draft may be saved with anything missing."""

from __future__ import annotations

from typing import Any

from django import forms

LONGEST_TEXT = 100_000
"""Far beyond every platform's limit: the checks say by how much a text is too long."""


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once; each is looked into by `publishing.media`."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        several = data if isinstance(data, list | tuple) else [data] if data else []
        # An empty file is refused with its name by the intake.
        return [file for file in several if file]


class Text(forms.CharField):
    """Text with its own spaces, and line ends as everywhere but in forms.

    `required` only takes "(optional)" off the label: a draft may be saved with anything missing.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)

    def validate(self, value: Any) -> None:
        """What is missing is for the checks to say."""

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "")
        return text.replace("\r\n", "\n").replace("\r", "\n").rstrip()


class AccountsField(forms.MultipleChoiceField):
    """Accounts, none at all if need be; `required` as for `Text`."""

    widget = forms.CheckboxSelectMultiple

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)
