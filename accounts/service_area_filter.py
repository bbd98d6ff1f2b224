"""Narrowing accounts down to a part of the council."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet

from accounts.models import ServiceArea


class ServiceAreaFilter(django_filters.ModelChoiceFilter):
    """The accounts of an area and of everything below it."""

    def __init__(self) -> None:
        super().__init__(
            label="Service area",
            queryset=ServiceArea.objects.all(),
            empty_label="All service areas",
        )

    def filter(self, qs: QuerySet[Any], value: ServiceArea | None) -> QuerySet[Any]:
        return qs.filter(service_area__in=ServiceArea.objects.within(value)) if value else qs
