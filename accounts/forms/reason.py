from __future__ import annotations

from django import forms

from accounts.forms.fields import reason


class ReasonForm(forms.Form):
    """Nothing but why."""

    reason = reason()
