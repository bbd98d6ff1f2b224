"""The forms of the go-live checklist."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.forms.fields import day, line, reason
from accounts.models import ChecklistAnswer, SocialAccount, TwoFactorState
from accounts.register.facts import fingerprint_of

SAFETY = (
    "recovery_contact",
    "two_factor",
    "two_factor_checked_on",
    "joint_access",
    "joint_access_on",
)


class CheckForm(forms.Form):
    """One item that a person answers."""

    is_met = forms.TypedChoiceField(
        label="Is it so?",
        choices=[("yes", "Yes"), ("no", "No, something is to be put right first")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )
    proof = forms.CharField(
        label="What you saw",
        help_text="What shows it, or what is to be put right. Kept with your name",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what you saw."},
    )

    def __init__(self, data: Any, answer: ChecklistAnswer | None) -> None:
        said = {"is_met": "yes" if answer.is_met else "no", "proof": answer.proof} if answer else {}
        super().__init__(data, initial=said)


class SafetyForm(forms.Form):
    """The facts of an account that the checklist asks for; `seen` tells of changes meanwhile."""

    recovery_contact = line(
        "Recovery contact",
        200,
        "The address or number to which the platform sends what gets a lost account back",
    )
    two_factor = forms.ChoiceField(
        label="Two-factor sign-in at the platform",
        choices=TwoFactorState.choices,
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
    reason = reason()
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any, account: SocialAccount) -> None:
        kept = {name: getattr(account, name) for name in SAFETY}
        super().__init__(data, initial={**kept, "seen": fingerprint_of(account)})


class ReasonForm(forms.Form):
    """Nothing but why."""

    reason = reason()
