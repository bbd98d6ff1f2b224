"""Signing in at a shared terminal."""

from __future__ import annotations

from typing import Any

from django import forms


class UnseenAgain(forms.TextInput):
    """What was typed does not come back with the form."""

    def format_value(self, value: Any) -> None:
        return None


_NEVER_KEPT = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class TerminalForm(forms.Form):
    """A browser offers to keep passwords, and this one is everybody's: so both are plain lines."""

    staff_number = forms.CharField(
        label="Staff number",
        help_text="As on your payslip",
        max_length=40,
        widget=forms.TextInput(_NEVER_KEPT),
        error_messages={"required": "Enter your staff number."},
    )
    code = forms.CharField(
        label="Personal code",
        help_text="The 8 letters and numbers that your manager or HR gave you",
        max_length=40,
        widget=UnseenAgain(_NEVER_KEPT),
        error_messages={"required": "Enter your personal code."},
    )
