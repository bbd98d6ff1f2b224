"""The question how far an account is disconnected."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.forms.fields import reason

REVOKE = "revoke"
ONLY_HERE = "only_here"


class WayOutForm(forms.Form):
    """How far a connection is ended; no question where the platform cannot be asked."""

    way = forms.ChoiceField(
        label="How far?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how far the account is disconnected."},
    )

    def __init__(self, *args: Any, platform: str, can_be_revoked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_be_revoked:
            del self.fields["way"]
            return
        choice = self.fields["way"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [
                (REVOKE, f"Take the permission back at {platform}, then destroy the connection"),
                (ONLY_HERE, f"Only destroy the connection here; {platform} is not asked"),
            ]

    @property
    def revokes(self) -> bool:
        return bool(self.cleaned_data.get("way") == REVOKE)


class DisconnectForm(WayOutForm):
    reason = reason()
