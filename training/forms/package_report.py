"""What the player of a package sends, held to its types and sizes."""

from __future__ import annotations

import math
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from training.scorm.report import Report

LONGEST_SUSPEND_DATA = 64_000
"""Characters: what SCORM 2004 (4th edition) asks of a learning system."""
LARGEST_BODY = 400_000
"""Bytes, as 64,000 characters may come to three times as many in a form, and more."""


class ReportForm(forms.Form):
    part = forms.IntegerField(min_value=1, max_value=2**53)
    opening = forms.IntegerField(min_value=1, max_value=2**53)
    completion = forms.ChoiceField(
        choices=[(each, each) for each in ("completed", "incomplete")], required=False
    )
    success = forms.ChoiceField(
        choices=[(each, each) for each in ("passed", "failed")], required=False
    )
    score = forms.FloatField(required=False)
    score_min = forms.FloatField(required=False)
    score_max = forms.FloatField(required=False)
    scaled = forms.FloatField(min_value=-1, max_value=1, required=False)
    location = forms.CharField(max_length=1000, required=False, strip=False)
    suspend_data = forms.CharField(max_length=LONGEST_SUSPEND_DATA, required=False, strip=False)
    seconds = forms.IntegerField(min_value=0, max_value=24 * 3600, required=False)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = self.cleaned_data
        if not self.errors:
            found["per_cent"] = _per_cent(found)
        return found

    def report(self) -> Report:
        """What was said; of a form that is valid."""
        said = self.cleaned_data
        return Report(
            opening=said["opening"],
            completion=said["completion"],
            success=said["success"],
            score=said["per_cent"],
            location=said["location"],
            suspend_data=said["suspend_data"],
            seconds=said["seconds"] or 0,
        )


def _per_cent(said: dict[str, Any]) -> int | None:
    """Rounded down. The scaled score counts first; else the raw one between its least and most."""
    if said["scaled"] is not None:
        return _whole(said["scaled"] * 100)
    if said["score"] is None:
        return None
    least = said["score_min"] or 0.0
    most = 100.0 if said["score_max"] is None else said["score_max"]
    if most <= least:
        raise ValidationError("The most that can be scored is not more than the least.")
    return _whole((said["score"] - least) / (most - least) * 100)


def _whole(per_cent: float) -> int:
    return min(max(math.floor(per_cent + 1e-9), 0), 100)
