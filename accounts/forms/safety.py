"""The questions about how safe an account is: they stand in several forms."""

from __future__ import annotations

from django import forms

from accounts.forms.fields import day, line
from accounts.models import TwoFactorState

SAFETY = (
    "recovery_contact",
    "two_factor",
    "two_factor_checked_on",
    "joint_access",
    "joint_access_on",
)


class SafetyQuestions(forms.Form):
    recovery_contact = line(
        "Recovery contact",
        200,
        "The address or number to which the platform sends what gets a lost account back."
        " Shown to the digital team, the owner and the deputy.",
    )
    two_factor = forms.ChoiceField(
        label="Two-factor sign-in at the platform",
        choices=TwoFactorState.choices,
        initial=TwoFactorState.UNKNOWN,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the answers."},
    )
    two_factor_checked_on = day("Day this was checked", required=False)
    joint_access = line(
        "Evidence of joint access",
        300,
        "What proves that the corporate team can administer the account",
    )
    joint_access_on = day("Day joint access was proved", required=False)
