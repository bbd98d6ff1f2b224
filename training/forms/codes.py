"""Finding somebody to give a code, and giving it."""

from __future__ import annotations

from django import forms


class FindForm(forms.Form):
    words = forms.CharField(label="Name, staff number or job", max_length=100, required=False)

    def words_typed(self) -> str:
        return str(self.cleaned_data.get("words", "")) if self.is_valid() else ""


class GiveForm(forms.Form):
    """Nothing to fill in; that it was sent is what counts."""

    sure = forms.BooleanField(
        label="I am with this person, or I hand the code to nobody else",
        error_messages={"required": "Tick the box: a code is for its owner alone."},
    )
