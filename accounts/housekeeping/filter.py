"""What the findings of housekeeping can be narrowed down by."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet

from accounts.housekeeping.rules import BY_KEY, RULES, Rule
from accounts.models import SocialAccount
from accounts.service_area_filter import ServiceAreaFilter

ANYTHING = "any"


class HousekeepingFilter(django_filters.FilterSet):
    finding = django_filters.ChoiceFilter(
        label="Finding",
        choices=[(ANYTHING, "Anything"), *((rule.key, rule.name) for rule in RULES)],
        empty_label="Choose, to see the accounts",
        method="unchanged",
    )
    service_area = ServiceAreaFilter()

    class Meta:
        model = SocialAccount
        fields: list[str] = []

    def unchanged(
        self, rows: QuerySet[SocialAccount], name: str, value: str
    ) -> QuerySet[SocialAccount]:
        """The page counts what every rule finds, and lists what `rules` find."""
        return rows

    @property
    def rules(self) -> list[Rule]:
        """What was asked for: one rule, all of them, or none."""
        asked = self.form.cleaned_data.get("finding") if self.is_valid() else ""
        if asked == ANYTHING:
            return list(RULES)
        return [BY_KEY[asked]] if asked else []
