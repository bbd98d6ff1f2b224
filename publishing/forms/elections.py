"""Forms about election periods, wards and days that are no working days."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.forms.fields import SeveralField, day, line, reason
from accounts.models import SocialAccount
from publishing.actions.elections import Details
from publishing.models import NameKind, Nation, PollKind, Topic, Ward

LONGEST_LIST = 50_000


class PeriodForm(forms.Form):
    """Without a day for the notice the page comes back with the one that the law suggests."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = line(
        "Name",
        150,
        "For example, Hill ward by-election",
        required=True,
        error_messages={"required": "Enter a name for the period."},
    )
    nation = forms.ChoiceField(label="Nation", choices=Nation)
    kind = forms.ChoiceField(label="Kind of poll", choices=PollKind)
    poll_on = day("Day of the poll", example="07/05/2026")
    notice_on = day(
        "Day of the notice of election",
        "As the Returning Officer published it. Leave it empty and we suggest the latest day.",
        required=False,
    )
    wards = SeveralField(
        Ward.objects.all(), label="Wards", help_text="None: the whole council", required=False
    )
    topics = SeveralField(
        Topic.objects.filter(archived_at__isnull=True),
        label="Topics that need the Monitoring Officer’s check",
        required=False,
    )
    notes = forms.CharField(
        label="Notes",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @property
    def details(self) -> Details:
        given = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return Details(**given)


class NamesForm(forms.Form):
    """Names, one a line, by what they are."""

    candidate = forms.CharField(label="Candidates", required=False, max_length=LONGEST_LIST)
    member = forms.CharField(label="Members", required=False, max_length=LONGEST_LIST)
    group = forms.CharField(label="Parties and groups", required=False, max_length=LONGEST_LIST)

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for field in self.fields.values():
            field.widget = forms.Textarea(attrs={"rows": 6})
            field.help_text = "One name a line"

    @property
    def names(self) -> list[tuple[NameKind, str]]:
        return [
            (kind, name) for kind in NameKind for name in self.cleaned_data[kind.value].splitlines()
        ]


class CancelForm(forms.Form):
    reason = reason()


class KeepForm(forms.Form):
    comment = line("Comment", 500)


class WardForm(forms.Form):
    name = line(
        "Name",
        100,
        required=True,
        error_messages={"required": "Enter the name of the ward."},
    )
    accounts = SeveralField(
        SocialAccount.objects.live(),
        label="Accounts that speak for this ward only",
        required=False,
    )


class NonWorkingDayForm(forms.Form):
    on = day("Day")
    name = line(
        "What it is",
        100,
        "For example, Day of national mourning",
        required=True,
        error_messages={"required": "Enter what the day is."},
    )
    nation = forms.ChoiceField(
        label="Nation", choices=[("", "Every nation"), *Nation.choices], required=False
    )
