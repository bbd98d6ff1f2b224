"""The form that takes a file of accounts."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from accounts.register.csv_file import MAX_BYTES


class ImportForm(forms.Form):
    file = forms.FileField(
        label="File",
        help_text=f"CSV, saved as UTF-8, {MAX_BYTES / 1e6:g} MB or less",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": "Choose a file.",
            "missing": "Choose a file.",
            "empty": "The file is empty.",
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        # Before it is read: what is too big is not taken into memory.
        if (file.size or 0) > MAX_BYTES:
            raise ValidationError(
                f"The file has {(file.size or 0) / 1e6:,.1f} MB."
                f" Send {MAX_BYTES / 1e6:g} MB or less."
            )
        return file
