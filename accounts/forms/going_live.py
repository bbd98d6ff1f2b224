"""The forms of the go-live checklist."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.forms.fields import reason, seen
from accounts.forms.safety import SAFETY, SafetyQuestions
from accounts.models import ChecklistAnswer, SocialAccount
from accounts.register.facts import fingerprint_of


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


class SafetyForm(SafetyQuestions):
    """The facts of an account that the checklist asks for; `seen` tells of changes meanwhile."""

    reason = reason()
    seen = seen()

    def __init__(self, data: Any, account: SocialAccount) -> None:
        kept = {name: getattr(account, name) for name in SAFETY}
        super().__init__(data, initial={**kept, "seen": fingerprint_of(account)})
