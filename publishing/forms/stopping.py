"""Forms about stops: placing one, letting something through, releasing it, and new times after."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.forms.one_of_many import AccountField
from accounts.models import ServiceArea, SocialAccount, User
from platforms.registry import PLATFORMS
from publishing.actions.spreading import MOST_HOURS
from publishing.delivery.stopping import Scope
from publishing.forms.post_number import post_number
from publishing.models import Post, StopScope


def _reason(label: str, missing: str, help_text: str = "It is kept in the audit trail.") -> Any:
    return forms.CharField(
        label=label,
        max_length=500,
        help_text=help_text,
        error_messages={"required": missing},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StopForm(forms.Form):
    reason = _reason(
        "Why is delivery stopped?",
        "Say why delivery is stopped",
        "Everybody sees it. It is kept in the audit trail.",
    )
    scope = forms.ChoiceField(
        label="What is stopped?",
        choices=StopScope,
        initial=StopScope.EVERYTHING,
        widget=forms.RadioSelect,
        required=False,
    )
    platform = forms.ChoiceField(label="Platform", required=False)
    account = AccountField(label="Account", required=False)
    service_area = forms.ModelChoiceField(
        ServiceArea.objects.all(),
        label="Service area",
        help_text="With every part of the council below it",
        required=False,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)
        platforms = [(key, platform.name) for key, platform in PLATFORMS.items()]
        self.fields["platform"].choices = [("", ""), *platforms]  # type: ignore[attr-defined]
        self.fields["account"].offer(SocialAccount.objects.live())  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Scope:
        given = self.cleaned_data
        return Scope(
            kind=StopScope(given["scope"] or StopScope.EVERYTHING),
            platform=given["platform"],
            account=given["account"],
            service_area=given["service_area"],
        )


class _BesideOthers(forms.Form):
    """One of several forms on a page that ask for a reason: its fields have ids of their own."""

    called = ""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id=f"{self.called}_%s", use_required_attribute=False)


class AskForm(_BesideOthers):
    called = "ask"
    reason = _reason("Why can delivery go on?", "Say why delivery can go on")


class DeclineForm(_BesideOthers):
    called = "decline"
    reason = _reason("Why does delivery stay stopped?", "Say why delivery stays stopped")


class LetThroughForm(_BesideOthers):
    """An account, or a post by its address or number: one of them, and why."""

    called = "let_through"

    account = AccountField(label="Account", required=False)
    post = forms.CharField(
        label="Post",
        help_text="Its address in this service, or its number",
        max_length=200,
        required=False,
    )
    reason = _reason("Why is it let through?", "Say why it is let through")

    def __init__(self, data: Any = None, *, reader: User) -> None:
        super().__init__(data)
        self.fields["account"].offer(SocialAccount.objects.live())  # type: ignore[attr-defined]
        self._reader = reader

    def clean_post(self) -> Post | None:
        typed = str(self.cleaned_data["post"]).strip()
        if not typed:
            return None
        number = post_number(typed)
        found = Post.objects.visible_to(self._reader).filter(pk=number).first() if number else None
        if found is None:
            raise forms.ValidationError("Enter the address of a post, such as …/posts/12/")
        return found


class SpreadForm(_BesideOthers):
    called = "spread"
    hours = forms.IntegerField(
        label="Over how many hours?",
        min_value=1,
        max_value=MOST_HOURS,
        initial=3,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Enter a number of hours",
            "invalid": "Enter a number of hours, such as 3",
            "min_value": "Enter 1 hour or more",
            "max_value": f"Enter {MOST_HOURS} hours or fewer",
        },
    )
