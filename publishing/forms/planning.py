"""Forms of planning: a calendar feed, and an account's content plan."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.forms.one_of_many import AccountField
from accounts.models import SocialAccount, User


class FeedForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label="Name of the feed",
        max_length=100,
        help_text="For example, the calendar that reads it: Outlook at work",
        error_messages={"required": "Enter a name for the feed"},
    )
    account = AccountField(
        label="Account", required=False, empty_label="All accounts whose posts I may see"
    )

    def __init__(self, data: Any = None, *, reader: User, **options: Any) -> None:
        super().__init__(data, use_required_attribute=False, **options)
        self.fields["account"].offer(SocialAccount.objects.on_register(reader))  # type: ignore[attr-defined]


class PlanForm(forms.Form):
    posts_a_week = forms.IntegerField(
        label="Posts a week",
        min_value=1,
        max_value=100,
        error_messages={
            "required": "Enter how many posts a week the account is to have",
            "invalid": "Enter a number from 1 to 100",
            "min_value": "Enter a number from 1 to 100",
            "max_value": "Enter a number from 1 to 100",
        },
    )
    themes = forms.CharField(
        label="Themes",
        max_length=2000,
        required=False,
        help_text="What the posts are about, one theme to a line.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
