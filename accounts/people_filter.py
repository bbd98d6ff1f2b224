"""What the list of people can be narrowed down by."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import QuerySet

from accounts.models import CorporateGrant, User
from accounts.permissions import CorporateRole
from pages.words import with_words


class PersonFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(
        label="Name, e-mail address, staff number or job", method="with_words"
    )
    role = django_filters.MultipleChoiceFilter(
        label="Corporate role",
        choices=[(role.value, role.label) for role in CorporateRole if role != "member_of_staff"],
        widget=forms.CheckboxSelectMultiple,
        method="with_role",
    )
    left = django_filters.BooleanFilter(
        label="Also people who have left", method="or_left", widget=forms.CheckboxInput
    )

    class Meta:
        model = User
        fields: list[str] = []

    def with_words(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return with_words(rows, value, "name", "email", "staff_number", "job_title")

    def with_role(self, rows: QuerySet[User], name: str, value: list[str]) -> QuerySet[User]:
        if not value:
            return rows
        holders = CorporateGrant.objects.in_force().filter(role__in=value)
        return rows.filter(pk__in=holders.values("user"))

    def or_left(self, rows: QuerySet[User], name: str, value: bool) -> QuerySet[User]:
        return rows

    def filter_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        rows = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("left"):
            return rows
        return rows.filter(pk__in=User.objects.employed())
