"""What the list of the media library can be narrowed down by."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import ServiceArea, User
from pages.words import with_words
from platforms.contract import MediaKind
from publishing.models import Consent, Licence, MediaItem, People

SOON = timedelta(days=30)


class LibraryFilter(django_filters.FilterSet):
    words = django_filters.CharFilter(label="Title, alt text, keywords or source", method="found")
    show = django_filters.ChoiceFilter(
        label="Show",
        choices=[("mine", "Added by me"), ("private", "Not in the library")],
        empty_label="In the library",
        method="shown",
    )
    kind = django_filters.ChoiceFilter(
        label="Kind",
        choices=[(MediaKind.PICTURE.value, "Pictures"), (MediaKind.VIDEO.value, "Videos")],
        empty_label="Pictures and videos",
        field_name="file__kind",
    )
    people = django_filters.ChoiceFilter(
        label="People", choices=People, empty_label="All", field_name="people"
    )
    licence = django_filters.ChoiceFilter(
        label="Licence", choices=Licence, empty_label="All", field_name="licence"
    )
    area = django_filters.ModelChoiceFilter(
        label="Part of the council",
        queryset=ServiceArea.objects.order_by("name"),
        empty_label="All",
        field_name="service_area",
    )
    ends = django_filters.BooleanFilter(
        label="Licence or consent ends within 30 days, or has ended",
        method="ending",
        widget=forms.CheckboxInput,
    )

    class Meta:
        model = MediaItem
        fields: list[str] = []

    def __init__(self, data: Any, *, reader: User) -> None:
        self.reader = reader
        super().__init__(data, queryset=MediaItem.objects.visible_to(reader))

    def found(self, rows: QuerySet[MediaItem], name: str, value: str) -> QuerySet[MediaItem]:
        return with_words(rows, value, "title", "alt_text", "keywords", "source")

    def shown(self, rows: QuerySet[MediaItem], name: str, value: str) -> QuerySet[MediaItem]:
        return rows

    def ending(self, rows: QuerySet[MediaItem], name: str, value: bool) -> QuerySet[MediaItem]:
        if not value:
            return rows
        by = timezone.localdate() + SOON
        consents = Consent.objects.filter(item=OuterRef("pk"))
        over = consents.filter(Q(expires_on__lte=by) | Q(withdrawn_at__isnull=False))
        return rows.filter(Q(licence_ends_on__lte=by) | Exists(over))

    def filter_queryset(self, queryset: QuerySet[MediaItem]) -> QuerySet[MediaItem]:
        rows = super().filter_queryset(queryset)
        show = self.form.cleaned_data.get("show")
        if show == "mine":
            return rows.filter(added_by=self.reader)
        if show == "private":
            return rows.filter(is_shared=False)
        return rows.filter(is_shared=True, archived_at__isnull=True)
