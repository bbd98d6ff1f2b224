"""The forms of a rationalisation."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from accounts.forms.fields import day, line, seen
from accounts.forms.one_of_many import AccountField
from accounts.housekeeping.rationalisation import UNDECIDED
from accounts.models import Fate, SocialAccount
from accounts.risk.reviews import IN_USE
from accounts.service_area_filter import ServiceAreaFilter
from pages.words import with_words


class RoundForm(forms.Form):
    name = line(
        "Name",
        120,
        "For example, Spring tidy-up 2027",
        required=True,
        error_messages={"required": "Enter a name for the round."},
    )
    due_on = day("Day by which all is decided", called="the day by which all is decided")


class DecisionForm(forms.Form):
    fate = forms.ChoiceField(
        label="What becomes of it?",
        choices=[
            (Fate.KEEP, "Keep it as it is"),
            (Fate.FIX, "Fix it: it stays, once something is put right"),
            (Fate.MERGE, "Merge it: another account takes over, and this one is closed"),
            (Fate.CLOSE, "Close it"),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what becomes of the account.",
            "invalid_choice": "Choose what becomes of the account.",
        },
    )
    merge_into = AccountField(
        SocialAccount.objects.filter(state__in=IN_USE),
        label="Merged into which account?",
        help_text="Only if it is merged",
        required=False,
        empty_label="None",
    )
    reason = forms.CharField(
        label="Reason",
        help_text="And what is to be put right or brought over, if anything",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter a reason."},
    )
    due_on = day("Done by", "Leave empty if it is kept. For example, 31/03/2027", required=False)
    seen = seen()

    def look_again(self, token: str) -> None:
        """The person has been told of the newer decision, and may replace it."""
        self.data = {**self.data.dict(), "seen": token}  # type: ignore[attr-defined]


class EndForm(forms.Form):
    reason = line("Reason", 500, "Needed while accounts are undecided. Kept in the audit trail")


class RoundFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Name or handle", method="with_words")
    fate = django_filters.ChoiceFilter(
        label="Decision",
        choices=[(UNDECIDED, "Not decided"), *Fate.choices],
        empty_label="Any",
        method="of_fate",
    )
    to_do = django_filters.BooleanFilter(
        label="Only what is decided and not done", method="not_done", widget=forms.CheckboxInput
    )
    service_area = ServiceAreaFilter()

    class Meta:
        model = SocialAccount
        fields: list[str] = []

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return with_words(rows, value.replace("@", " "), "name", "handle")

    def of_fate(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(fate__isnull=True) if value == UNDECIDED else rows.filter(fate=value)

    def not_done(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        return rows.filter(fate__isnull=False, done_at__isnull=True) if value else rows
