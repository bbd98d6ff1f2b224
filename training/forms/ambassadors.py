"""What is typed about ambassadors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from accounts.forms.fields import day, service_area
from accounts.forms.one_of_many import PersonField


class ChangeAmbassadorForm(forms.Form):
    helps_with = forms.CharField(
        label="What they help with",
        help_text="For example, “Pictures, plain English, and what to do about abuse”",
        max_length=400,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Enter what they help with."},
    )
    reach = forms.CharField(
        label="How to reach them",
        help_text="A telephone number, a chat, or where they sit",
        max_length=200,
        error_messages={"required": "Enter how to reach them."},
    )
    since = day("First day", called="the first day")
    until = day("Last day", "Leave empty if there is no planned end", required=False)


class AmbassadorForm(ChangeAmbassadorForm):
    person = PersonField(label="Person", error_messages={"required": "Choose a person."})
    area = service_area(help_text="Its people, and those of the areas below it, find them first")
    field_order = ("person", "area", "helps_with", "reach", "since", "until")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["since"].initial = timezone.localdate()


class SearchForm(forms.Form):
    words = forms.CharField(
        label="Name, area or what they help with", max_length=100, required=False
    )
