"""A form that takes a CSV file."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from pages.typed_csv import too_large


class CsvUploadForm(forms.Form):
    """A file of at most `max_bytes`."""

    max_bytes: int

    file = forms.FileField(
        label="File",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": "Choose a file.",
            "missing": "Choose a file.",
            "empty": "The file is empty.",
        },
    )

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        most = f"{self.max_bytes / 1e6:g} MB"
        self.fields["file"].help_text = f"CSV, saved as UTF-8, {most} or less"

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        # Before it is read: what is too big is not taken into memory.
        if (file.size or 0) > self.max_bytes:
            raise ValidationError(too_large(file.size or 0, self.max_bytes))
        return file
