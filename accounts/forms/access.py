"""The forms about who has access to one account."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.forms.fields import day, reason
from accounts.forms.one_of_many import PersonField
from accounts.permissions import AccountRole


class GiveRoleForm(forms.Form):
    user = PersonField(
        label="Who",
        empty_label="Choose a person",
        error_messages={"required": "Choose a person."},
    )
    role = forms.ChoiceField(
        label="Role",
        choices=AccountRole.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role."},
    )
    ends_on = day("Last day", "Leave empty if it has no planned end", required=False)
    reason = reason()


class ChangeEndForm(forms.Form):
    ends_on = day("Last day", "Leave empty if it has no planned end", required=False)
    reason = reason()


class DayForm(forms.Form):
    day = day("Day", "Today, or a day in the past. For example, 01/05/2026", called="a day")

    def clean_day(self) -> object:
        chosen = self.cleaned_data["day"]
        if chosen > timezone.localdate():
            raise ValidationError("Enter today or a day in the past.")
        return chosen
