"""Forms about a version: what has to change, and another time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from pages.local_time import FIRST, SECOND, TimeProblem, parse


class ChangesForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label="What has to change?",
        max_length=2000,
        help_text="The author sees it, and it is kept in the history. No personal data.",
        error_messages={"required": "Say what has to change"},
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class MoveForm(forms.Form):
    """A day and a time in London; `at` is the moment in UTC."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    publish_on = forms.CharField(
        label="Day",
        max_length=40,
        help_text="For example, 23/11/2026.",
        error_messages={"required": "Enter the day on which to publish"},
        widget=forms.DateInput,
    )
    publish_time = forms.CharField(
        label="Time",
        max_length=20,
        help_text="In London, for example 9:30am or 14:30.",
        error_messages={"required": "Enter the time at which to publish"},
        widget=forms.TimeInput,
    )
    publish_fold = forms.ChoiceField(
        label="If the clocks go back that night and this time comes twice",
        choices=[
            (FIRST, "The first (British Summer Time)"),
            (SECOND, "The second (Greenwich Mean Time)"),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    at: datetime

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, use_required_attribute=False)
        if not self._comes_twice():
            del self.fields["publish_fold"]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            fold = typed.get("publish_fold", "")
            try:
                when = parse(typed["publish_on"], typed["publish_time"], fold)
            except TimeProblem as problem:
                self.add_error(problem.field, problem.message)
            else:
                if when is not None:
                    self.at = when.at
        return typed

    def _comes_twice(self) -> bool:
        source = self.data if self.is_bound else self.initial
        try:
            when = parse(source.get("publish_on") or "", source.get("publish_time") or "")
        except TimeProblem:
            return False
        return when is not None and when.comes_twice
