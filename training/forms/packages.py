"""What is asked when a SCORM package is taken in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.forms.fields import day, line
from training.models import Course


class ImportPackageForm(forms.Form):
    package = forms.FileField(
        label="SCORM package",
        help_text="A ZIP file, SCORM 1.2 or 2004, as your authoring tool exports it.",
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={
            "required": "Choose the ZIP file.",
            "missing": "Choose the ZIP file.",
            "empty": "The file is empty. Choose the ZIP file.",
        },
    )
    course = forms.ModelChoiceField(
        label="Course",
        queryset=Course.objects.none(),
        required=False,
        empty_label="A new course",
        help_text="For a course that is here already, the package becomes its next version.",
        error_messages={"invalid_choice": "Choose a course on the list."},
    )
    title = line("Title of a new course", 150, "Leave it empty to use the package’s own title.")
    summary = line("For whom it is, and what they can do afterwards", 400)
    minutes = forms.IntegerField(
        label="How long it takes, in minutes",
        initial=30,
        min_value=1,
        max_value=600,
        error_messages={
            "required": "Enter how long it takes, as in 30.",
            "invalid": "Enter how long it takes as a number, as in 30.",
            "min_value": "It must take 1 minute or more.",
            "max_value": "It must take 600 minutes or less.",
        },
    )
    pass_mark = forms.IntegerField(
        label="Pass mark, per cent",
        help_text="Counts where the package reports a score and names no pass mark of its own.",
        initial=80,
        min_value=1,
        max_value=100,
        error_messages={
            "required": "Enter the pass mark, as in 80.",
            "invalid": "Enter the pass mark as a number, as in 80.",
            "min_value": "The pass mark must be 1 or more.",
            "max_value": "The pass mark must be 100 or less.",
        },
    )
    what_changed = line("What changed", 400, "For people who took an earlier version.")
    asks_again_from = day(
        "Ask everybody again from",
        called="the day from which everybody is asked again",
        example="31/03/2026",
        required=False,
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        courses = self.fields["course"]
        if isinstance(courses, forms.ModelChoiceField):
            courses.queryset = Course.objects.in_use().order_by("title")

    def clean_asks_again_from(self) -> Any:
        chosen = self.cleaned_data["asks_again_from"]
        if chosen and chosen < timezone.localdate():
            raise ValidationError("The day must be today or in the future.")
        return chosen
