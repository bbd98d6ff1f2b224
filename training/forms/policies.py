"""Writing a policy: what is said of the document, and the words of a draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from accounts.forms.fields import day
from accounts.forms.one_of_many import PersonField
from training.actions.policy_drafts import Details, seen_of
from training.models import PolicyDocument, PolicyKind, PolicyVersion

Data = Mapping[str, Any] | None
"""What a browser sent."""


class DetailsForm(forms.Form):
    title = forms.CharField(
        label="Title", max_length=150, error_messages={"required": "Enter the title."}
    )
    kind = forms.ChoiceField(
        label="Kind",
        choices=PolicyKind.choices,
        widget=forms.RadioSelect,
        help_text="A policy and a strategy need the approval of a committee",
        error_messages={"required": "Choose the kind."},
    )
    summary = forms.CharField(
        label="Summary",
        max_length=250,
        required=False,
        help_text="One sentence: for whom it is, and what it settles",
    )
    owner = PersonField(
        label="Owner", required=False, help_text="Who sees to it that it is reviewed"
    )
    valid_months = forms.IntegerField(
        label="Months that an acknowledgement is good for",
        min_value=1,
        max_value=60,
        initial=12,
        error_messages={"required": "Enter a number of months."},
    )
    needed_to_write = forms.BooleanField(
        label="Needed for posting",
        required=False,
        help_text="Whoever writes, moves or approves posts must have acknowledged it",
    )

    def details(self) -> Details:
        return Details(**{name: self.cleaned_data[name] for name in Details.__slots__})


class ChangeDetailsForm(DetailsForm):
    review_on = day(
        "Review by", called="the day of the next review", required=False, example="31/03/2027"
    )

    def __init__(self, data: Data, *, document: PolicyDocument) -> None:
        names = (*Details.__slots__, "review_on")
        initial = {name: getattr(document, name) for name in names}
        super().__init__(data, initial=initial)


class PutAwayForm(forms.Form):
    reason = forms.CharField(
        label="Why it is put away",
        help_text="Shown to everybody. For example, which policy stands in its place",
        max_length=250,
        error_messages={"required": "Say why it is put away."},
    )


class DraftForm(forms.Form):
    text = forms.CharField(
        label="Text",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 28, "class": "cs-markdown"}),
        help_text="Begin a heading with ## and a space, a list with - or 1. and a space",
    )
    what_changed = forms.CharField(
        label="What changed since the last version",
        required=False,
        max_length=5_000,
        widget=forms.Textarea({"rows": 4}),
        help_text="In plain words: people read this before they acknowledge the new version",
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Data, *, version: PolicyVersion) -> None:
        initial = {
            "text": version.text,
            "what_changed": version.what_changed,
            "seen": seen_of(version),
        }
        super().__init__(data, initial=initial)
        if version.number == 1:
            del self.fields["what_changed"]

    def words(self) -> dict[str, str]:
        """For the action; a first version says of no change."""
        return {"what_changed": "", **self.cleaned_data}
