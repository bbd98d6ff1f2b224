"""The one field with which emoji are searched for."""

from __future__ import annotations

from django import forms


class EmojiSearch(forms.Form):
    words = forms.CharField(
        label="Search emoji",
        max_length=100,
        required=False,
        help_text="By name, for example “umbrella”.",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
