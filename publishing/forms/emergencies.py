"""Forms for emergencies: what goes out at once, and what its check afterwards came to."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from accounts.models import User
from publishing.actions.emergencies import LONGEST_REASON
from publishing.drafts import Content
from publishing.emergencies import accounts_for
from publishing.forms.lenient import LONGEST_TEXT, Text
from publishing.models import AfterCheck, PostTemplate
from publishing.starting_points.pattern import Pattern


class EmergencyForm(forms.Form):
    """Words for some accounts, with the reason; `content()` is what was typed."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    accounts = forms.MultipleChoiceField(
        label="Where does it go out?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one account",
            "invalid_choice": "Choose only accounts from the list",
        },
    )
    text = Text(
        label="Text",
        max_length=LONGEST_TEXT,
        help_text="The same on every account, so the shortest limit counts.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    link = forms.CharField(
        label="Link",
        max_length=2000,
        required=False,
        help_text="The whole address, like https://www.wealdmoor.example/floods",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label="Why can it not wait for an approval?",
        max_length=LONGEST_REASON,
        help_text="It is kept, and whoever checks the post afterwards reads it.",
        error_messages={"required": "Say why this cannot wait for an approval"},
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, data: Any = None, *, officer: User, template: PostTemplate | None = None
    ) -> None:
        initial = {"key": uuid.uuid4(), **(_from(template, officer) if template else {})}
        super().__init__(data, initial=initial, use_required_attribute=False)
        choices = [(str(account.pk), str(account)) for account in accounts_for(officer)]
        self.fields["accounts"].choices = choices  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if not text.strip():
            raise forms.ValidationError("Write what is to go out")
        return text

    def content(self) -> Content:
        given = self.cleaned_data
        return Content(
            text=given["text"],
            link=given["link"],
            account_ids=tuple(int(pk) for pk in given["accounts"]),
        )

    def repeated(self) -> list[tuple[str, str]]:
        """Every value as it was typed, for hidden fields of the next page."""
        values = [(name, self.data.get(name, "")) for name in ("key", "text", "link", "reason")]
        return [*values, *(("accounts", pk) for pk in self.cleaned_data["accounts"])]


class AfterCheckForm(forms.Form):
    outcome = forms.ChoiceField(
        label="Was it right to publish it at once?",
        choices=AfterCheck.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Say whether it was in order",
            "invalid_choice": "Say whether it was in order",
        },
    )
    comment = forms.CharField(
        label="Comment",
        max_length=2000,
        required=False,
        help_text="Needed if it was not in order. It is kept in the history.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        is_wrong = given.get("outcome") == AfterCheck.NOT_IN_ORDER
        if is_wrong and not given.get("comment") and "comment" not in self.errors:
            self.add_error("comment", "Say what was not in order")
        return given


def _from(template: PostTemplate, officer: User) -> dict[str, Any]:
    content = Pattern.from_json(template.content).begun_by(officer)
    return {
        "text": content.text,
        "link": content.link,
        "accounts": [str(pk) for pk in content.account_ids],
    }
