"""The forms of paid promotion."""

from __future__ import annotations

import uuid
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from accounts.forms.fields import day, line
from accounts.forms.one_of_many import AccountField
from accounts.models import SocialAccount, User
from publishing.actions.promoting import Asked, Result, promotable_accounts
from publishing.models import Post, Promotion, PromotionState
from publishing.promotion.money import MOST_PENCE, pence_of, pounds
from publishing.promotion.people import BudgetHolderField

MOST_PEOPLE = 2_000_000_000
"""More than any platform reaches in the United Kingdom, and what a column holds."""


class MoneyField(forms.CharField):
    """An amount in pounds; its value is in pence. `most` is what may be entered, in pence."""

    def __init__(self, *, least: int = 0, **more: Any) -> None:
        self.least = least
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=40, widget=widget, **more)

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        pence = pence_of(words)
        if pence is None:
            most = pounds(MOST_PENCE)
            raise ValidationError(f"Enter an amount in pounds, such as 80 or 80.50, up to {most}.")
        if pence < self.least:
            raise ValidationError("Enter an amount above nothing.")
        return pence

    def prepare_value(self, value: Any) -> Any:
        return pounds(value).removeprefix("£") if isinstance(value, int) else value


class PromotionForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    account = forms.ModelChoiceField(
        SocialAccount.objects.none(),
        label="On which account?",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose an account that the post is for.",
            "invalid_choice": "Choose an account that the post is for.",
        },
    )
    objective = line(
        "What is it to achieve?",
        500,
        "For example, 200 more bookings of bulky waste collections",
        required=True,
        error_messages={"required": "Say what it is to achieve."},
    )
    audience = line(
        "Who is to see it?",
        500,
        "For example, adults within 10 miles of Wealdmoor. Nothing that singles out a person",
        required=True,
        error_messages={"required": "Say who is to see it."},
    )
    budget = MoneyField(
        label="Budget",
        help_text="In pounds, for example 80 or 1,250.50",
        least=1,
        error_messages={"required": "Enter a budget."},
    )
    cost_code = line(
        "Cost code",
        50,
        "Where the money is booked",
        required=True,
        error_messages={"required": "Enter the cost code."},
    )
    starts_on = day("First day", called="the first day")
    ends_on = day("Last day", called="the last day")
    budget_holder = BudgetHolderField(
        label="Who answers for the money?",
        help_text="They and communications both have to agree",
        error_messages={
            "required": "Choose who answers for the money.",
            "invalid_choice": "Choose somebody who holds a budget.",
        },
    )

    def __init__(self, data: Any, *, post: Post, by: User) -> None:
        accounts = promotable_accounts(post)
        first = accounts[0].pk if len(accounts) == 1 else None
        super().__init__(data, initial={"key": uuid.uuid4(), "account": first})
        field: Any = self.fields["account"]
        field.queryset = SocialAccount.objects.filter(pk__in=[each.pk for each in accounts])

    def asked(self) -> Asked:
        given = self.cleaned_data
        return Asked(
            objective=given["objective"],
            audience=given["audience"],
            budget_pence=given["budget"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            cost_code=given["cost_code"],
        )


class EndForm(forms.Form):
    """Why a promotion is refused or withdrawn."""

    reason = forms.CharField(
        label="Reason",
        help_text="Whoever asked for it sees it, and it is kept in the audit trail",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter a reason."},
    )


class SpendForm(forms.Form):
    """What it cost and brought."""

    spent = MoneyField(
        label="What it cost",
        help_text="In pounds, as the platform billed it. 0 if nothing was spent",
        error_messages={"required": "Enter what it cost."},
    )
    reached = forms.IntegerField(
        label="People reached", min_value=0, max_value=MOST_PEOPLE, required=False
    )
    clicks = forms.IntegerField(
        label="Clicks on the link", min_value=0, max_value=MOST_PEOPLE, required=False
    )
    result = forms.CharField(
        label="What it brought",
        help_text="Set against what it was to achieve. If it cost more than was agreed, say why",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def outcome(self) -> Result:
        given = self.cleaned_data
        return Result(given["spent"], given["reached"], given["clicks"], given["result"])


class PromotionFilter(django_filters.FilterSet):
    """By state, account, cost code, and the days on which it runs."""

    state = django_filters.ChoiceFilter(
        choices=PromotionState.choices, label="State", empty_label="All states"
    )
    account = django_filters.ModelChoiceFilter(
        queryset=SocialAccount.objects.none(), label="Account", empty_label="All accounts"
    )
    cost_code = django_filters.CharFilter(lookup_expr="icontains", label="Cost code", max_length=50)
    since = django_filters.DateFilter(
        field_name="ends_on", lookup_expr="gte", label="From", widget=forms.DateInput
    )
    until = django_filters.DateFilter(
        field_name="starts_on", lookup_expr="lte", label="To", widget=forms.DateInput
    )

    class Meta:
        model = Promotion
        fields = ("state", "account", "cost_code", "since", "until")

    def __init__(self, data: Any, queryset: QuerySet[Promotion]) -> None:
        super().__init__(data, queryset=queryset)
        offered = SocialAccount.objects.filter(pk__in=queryset.order_by().values("account"))
        field = AccountField(label="Account", required=False, empty_label="All accounts")
        field.offer(offered)
        self.form.fields["account"] = field
