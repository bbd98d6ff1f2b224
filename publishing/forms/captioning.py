"""Fields for a file of captions and its language."""

from __future__ import annotations

from django import forms

from publishing.models import Language

NEEDED = "Choose a file of captions"


class CaptionsField(forms.FileField):
    """An empty file is refused with its name by whoever reads it."""

    def __init__(self, **options: object) -> None:
        super().__init__(allow_empty_file=True, **options)  # type: ignore[arg-type]


class LanguageField(forms.ChoiceField):
    """None at all if need be, for a draft may be saved with anything missing."""

    def validate(self, value: str) -> None:
        if value:
            super().validate(value)


def captions_file(label: str, *, required: bool = False) -> forms.FileField:
    return CaptionsField(
        label=label,
        required=required,
        help_text="SubRip (.srt) or WebVTT (.vtt). YouTube shows them with the video.",
        widget=forms.FileInput(attrs={"accept": ".srt,.vtt"}),
        error_messages={"required": NEEDED},
    )


def captions_language(label: str, initial: str = Language.ENGLISH) -> forms.ChoiceField:
    return LanguageField(
        label=label,
        choices=Language.choices,
        initial=initial,
        error_messages={"invalid_choice": "Choose a language from the list"},
    )


class LibraryCaptionsForm(forms.Form):
    """Captions for a video of the library."""

    file = captions_file("Captions", required=True)
    language = captions_language("Language of the captions")
