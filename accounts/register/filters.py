"""What the register can be narrowed down by."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.forms.one_of_many import OwnerField
from accounts.health import ConnectionHealth
from accounts.housekeeping.found import found_by
from accounts.housekeeping.rules import BY_KEY, RULES
from accounts.models import (
    AccountState,
    RiskLevel,
    SocialAccount,
    StrategicAim,
    TwoFactorState,
)
from accounts.models.risk import HIGH_FROM, MEDIUM_FROM
from accounts.models.social_accounts import SocialAccountQuerySet
from accounts.risk.reviews import WARNED_AHEAD, in_force, with_score
from accounts.service_area_filter import ServiceAreaFilter
from pages.long_select import LongSelect
from pages.words import with_words
from platforms import known

NONE = "none"


class OwnerFilter(django_filters.Filter):
    field_class = OwnerField


class AccountFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Name, handle or purpose", method="with_words")
    platform = django_filters.MultipleChoiceFilter(
        label="Platform",
        choices=known.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    service_area = ServiceAreaFilter()
    state = django_filters.MultipleChoiceFilter(
        label="State",
        choices=[each for each in AccountState.choices if each[0] != AccountState.DRAFT],
        widget=forms.CheckboxSelectMultiple,
    )
    owner = OwnerFilter(label="Site owner", empty_label="Everybody")
    risk = django_filters.ChoiceFilter(
        label="Risk",
        choices=[*RiskLevel.choices, (NONE, "Not assessed or signed off")],
        empty_label="Any",
        method="of_risk",
    )
    review = django_filters.ChoiceFilter(
        label="Risk review",
        choices=[("overdue", "Overdue"), ("soon", f"Due within {WARNED_AHEAD.days} days")],
        empty_label="Any",
        method="of_review",
    )
    finding = django_filters.ChoiceFilter(
        label="Housekeeping",
        choices=[(rule.key, rule.name) for rule in RULES],
        empty_label="Any",
        method="of_finding",
    )
    aims = django_filters.ModelChoiceFilter(
        label="Strategic aim",
        queryset=StrategicAim.objects.all(),
        empty_label="Any",
        widget=LongSelect,
    )
    two_factor = django_filters.ChoiceFilter(
        label="Two-factor sign-in", choices=TwoFactorState.choices, empty_label="Any"
    )
    predates_policy = django_filters.BooleanFilter(
        label="Only accounts that were there before the policy",
        method="of_before",
        widget=forms.CheckboxInput,
    )
    connection = django_filters.ChoiceFilter(
        label="Connection",
        choices=[(each.name.lower(), each.value) for each in ConnectionHealth],
        empty_label="Any",
        method="of_connection",
    )
    mine = django_filters.BooleanFilter(
        label="Only accounts I answer for", method="of_mine", widget=forms.CheckboxInput
    )

    class Meta:
        model = SocialAccount
        fields: list[str] = []

    def with_words(
        self, rows: QuerySet[SocialAccount], name: str, value: str
    ) -> QuerySet[SocialAccount]:
        return with_words(rows, value.replace("@", " "), "name", "handle", "purpose")

    def of_risk(
        self, rows: QuerySet[SocialAccount], name: str, value: str
    ) -> QuerySet[SocialAccount]:
        """By the newest assessment that is signed off."""
        if value == NONE:
            return with_score(rows).filter(risk_score__isnull=True)
        lowest, beyond = {
            RiskLevel.LOW: (1, MEDIUM_FROM),
            RiskLevel.MEDIUM: (MEDIUM_FROM, HIGH_FROM),
            RiskLevel.HIGH: (HIGH_FROM, 26),
        }[RiskLevel(value)]
        of_level = in_force().filter(risk_score__gte=lowest, risk_score__lt=beyond)
        return rows.filter(pk__in=of_level.values("account"))

    def of_review(
        self, rows: QuerySet[SocialAccount], name: str, value: str
    ) -> QuerySet[SocialAccount]:
        today = timezone.localdate()
        due = {"review_on__gte": today, "review_on__lte": today + WARNED_AHEAD}
        of_time = in_force().filter(**({"review_on__lt": today} if value == "overdue" else due))
        return rows.filter(pk__in=of_time.values("account"))

    def of_finding(
        self, rows: QuerySet[SocialAccount], name: str, value: str
    ) -> QuerySet[SocialAccount]:
        return found_by(rows, [BY_KEY[value]])

    def of_before(
        self, rows: QuerySet[SocialAccount], name: str, value: bool
    ) -> QuerySet[SocialAccount]:
        return rows.filter(predates_policy=True) if value else rows

    def of_connection(
        self, rows: QuerySet[SocialAccount], name: str, value: str
    ) -> QuerySet[SocialAccount]:
        """The same as `accounts.health.connection_health`, asked of the database."""
        refused = Q(credential__refused_at__isnull=False)
        expired = Q(credential__expires_at__lte=timezone.now())
        there = Q(credential__isnull=False)
        return rows.filter(
            {
                "connected": there & ~refused & (~expired | Q(credential__expires_at=None)),
                "refused": refused,
                "expired": expired & Q(credential__refused_at=None),
                "not_connected": ~there,
            }[value]
        )

    def of_mine(
        self, rows: SocialAccountQuerySet, name: str, value: bool
    ) -> QuerySet[SocialAccount]:
        if not value or self.request is None:
            return rows
        return rows.answered_for_by(self.request.user)
