"""What the findings of housekeeping can be narrowed down by."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet

from accounts.housekeeping_rules import BY_KEY, RULES, Rule
from accounts.models import ServiceArea, SocialAccount

ANYTHING = "any"


class HousekeepingFilter(django_filters.FilterSet):
    finding = django_filters.ChoiceFilter(
        label="Finding",
        choices=[(ANYTHING, "Anything"), *((rule.key, rule.name) for rule in RULES)],
        empty_label="Choose, to see the accounts",
        method="unchanged",
    )
    service_area = django_filters.ModelChoiceFilter(
        label="Service area",
        queryset=ServiceArea.objects.all(),
        empty_label="All service areas",
        method="within",
    )

    class Meta:
        model = SocialAccount
        fields: list[str] = []

    def unchanged(
        self, rows: QuerySet[SocialAccount], name: str, value: str
    ) -> QuerySet[SocialAccount]:
        """The page counts what every rule finds, and lists what `rules` find."""
        return rows

    def within(
        self, rows: QuerySet[SocialAccount], name: str, value: ServiceArea
    ) -> QuerySet[SocialAccount]:
        """The area and everything below it."""
        return rows.filter(service_area__in=ServiceArea.objects.within(value))

    @property
    def rules(self) -> list[Rule]:
        """What was asked for: one rule, all of them, or none."""
        asked = self.form.cleaned_data.get("finding") if self.is_valid() else ""
        if asked == ANYTHING:
            return list(RULES)
        return [BY_KEY[asked]] if asked else []
