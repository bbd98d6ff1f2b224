"""The question for which day one wants to know who could post."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.forms.fields import day


class DayForm(forms.Form):
    day = day("Day", "Today, or a day in the past. For example, 01/05/2026", called="a day")

    def clean_day(self) -> object:
        chosen = self.cleaned_data["day"]
        if chosen > timezone.localdate():
            raise ValidationError("Enter today or a day in the past.")
        return chosen
