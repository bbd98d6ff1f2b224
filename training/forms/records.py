"""What HR enters about completions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms.fields import day
from accounts.forms.one_of_many import PersonField
from accounts.models import User
from training.models import CompletedBy, Course
from training.roll import people_listed
from training.scans import Scan, read_scan
from uploads.refused import UploadRefused

MOST_PEOPLE = 100
ELSEWHERE = (CompletedBy.PAPER, CompletedBy.OTHER_SYSTEM)
CHOOSE_AGAIN = "Choose the file again: a browser does not keep it."


class CompletionForm(forms.Form):
    """One person, or everybody on an attendance sheet."""

    person = PersonField(label="Person", required=False, empty_label="Choose a person")
    people = forms.CharField(
        label="Or several people from one attendance sheet",
        help_text="One a line: the staff number or the work e-mail address",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    course = forms.ModelChoiceField(
        label="Course",
        queryset=Course.objects.all(),
        error_messages={
            "required": "Choose a course.",
            "invalid_choice": "Choose a course on the list.",
        },
    )
    completed_on = day("Day of completion", called="the day of completion", example="31/03/2026")
    how = forms.ChoiceField(
        label="Where it was completed",
        choices=[(each.value, each.label) for each in ELSEWHERE],
        initial=CompletedBy.PAPER,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose where it was completed.",
            "invalid_choice": "Choose where it was completed.",
        },
    )
    note = forms.CharField(
        label="Note",
        help_text="For example who taught it. The person can read it.",
        max_length=250,
        required=False,
    )
    evidence = forms.FileField(
        label="Scan of the paper",
        help_text="A picture or a PDF. Only HR, the line manager and the person can open it.",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,.pdf,application/pdf"}),
        error_messages={"empty": "The file is empty."},
    )

    def clean_people(self) -> list[User]:
        return people_listed(self.cleaned_data["people"], most=MOST_PEOPLE)

    def clean_how(self) -> CompletedBy:
        return CompletedBy(self.cleaned_data["how"])

    def clean_evidence(self) -> Scan | None:
        sent = self.cleaned_data["evidence"]
        if not sent:
            return None
        try:
            return read_scan(sent)
        except UploadRefused as refusal:
            raise ValidationError(f"{refusal.message.rstrip('.')}.") from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        person, listed = cleaned.pop("person", None), cleaned.get("people")
        # A list with a wrong line has its own error.
        if listed is not None and "person" not in self.errors:
            cleaned["people"] = list(dict.fromkeys([*([person] if person else []), *listed]))
            if not cleaned["people"]:
                self.add_error("person", "Choose a person, or list several.")
        return cleaned

    def ask_for_the_file_again(self) -> None:
        """Say beside the file that it must be chosen again, where one came with a refused form."""
        if self.files.get("evidence") and "evidence" not in self.errors:
            self.add_error("evidence", CHOOSE_AGAIN)
