"""What mentions can be narrowed down by."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from accounts.forms.one_of_many import AccountField
from accounts.models import SocialAccount
from monitoring.models import Mention
from monitoring.models.mentions import KIND_NAMES
from pages.days import WITHIN_REASON
from platforms.registry import PLATFORMS


def start_of(day: date) -> datetime:
    """Midnight in London at the beginning of `day`."""
    return timezone.make_aware(datetime.combine(day, time.min))


class AccountChoice(django_filters.ModelChoiceFilter):
    field_class = AccountField


class MentionFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Words in the mention", method="with_words")
    platform = django_filters.MultipleChoiceFilter(
        label="Platform",
        field_name="account__platform",
        choices=[(key, platform.name) for key, platform in PLATFORMS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    account = AccountChoice(label="Account", empty_label="All accounts")
    kind = django_filters.MultipleChoiceFilter(
        label="Kind",
        choices=[(kind.value, name) for kind, name in KIND_NAMES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    since = django_filters.DateFilter(label="From", method="said_since", validators=WITHIN_REASON)
    until = django_filters.DateFilter(label="To", method="said_until", validators=WITHIN_REASON)

    class Meta:
        model = Mention
        fields: list[str] = []

    def __init__(self, *args: Any, accounts: QuerySet[SocialAccount], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["account"].queryset = accounts

    def with_words(self, rows: QuerySet[Mention], name: str, value: str) -> QuerySet[Mention]:
        if connection.vendor != "postgresql":
            return rows.filter(text__icontains=value)
        vector = SearchVector("text", config="english")
        query = SearchQuery(value, config="english", search_type="websearch")
        return rows.annotate(words=vector).filter(words=query)

    def said_since(self, rows: QuerySet[Mention], name: str, value: date) -> QuerySet[Mention]:
        return rows.filter(said_at__gte=start_of(value))

    def said_until(self, rows: QuerySet[Mention], name: str, value: date) -> QuerySet[Mention]:
        return rows.filter(said_at__lt=start_of(value + timedelta(days=1)))
