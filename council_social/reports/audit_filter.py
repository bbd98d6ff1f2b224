"""What the audit trail can be narrowed down by."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import django_filters
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from audit.catalogue import GROUPS, in_group
from audit.models import Entry
from audit.record import SYSTEM
from pages.days import WITHIN_REASON
from pages.long_select import LongSelect

Groups = list[tuple[str, list[tuple[str, str]]]]

REFERENCE = re.compile(r"^\s*([a-z][a-z ._]*?)[\s:#]+(\S+)\s*$", re.IGNORECASE)


@cache
def _events() -> Groups:
    return [(name, _in_group(group, name)) for group, name in GROUPS.items()]


def _in_group(group: str, name: str) -> list[tuple[str, str]]:
    everything = (group, f"Everything: {name[:1].lower()}{name[1:]}")
    return [everything, *((event.value, event.label) for event in in_group(group))]


class AuditForm(forms.Form):
    """Refuses what no entry can answer."""

    def clean_subject(self) -> str:
        given: str = self.cleaned_data.get("subject", "")
        if given and not _subject_of(given):
            raise ValidationError("Enter a kind and a number, like “post 12”.")
        return given

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "The to date must be the same as or after the from date.")
        return cleaned


class AuditFilter(django_filters.FilterSet):
    """The filter beside the list; every filter of it is answered from an index."""

    event = django_filters.ChoiceFilter(
        label="What happened",
        # A list would be copied, event by event, for every page.
        choices=_events,
        method="of_kind",
        empty_label="Everything",
        widget=LongSelect,
    )
    person = django_filters.CharFilter(
        label="Who did it", help_text="Part of a name or an e-mail address", method="by_person"
    )
    subject = django_filters.CharFilter(
        label="What it was done to", help_text="For example, post 12", method="about"
    )
    words = django_filters.CharFilter(
        label="Words", help_text="In names and reasons", method="with_words"
    )
    since = django_filters.DateFilter(label="From", method="from_day", validators=WITHIN_REASON)
    until = django_filters.DateFilter(label="To", method="to_day", validators=WITHIN_REASON)

    class Meta:
        model = Entry
        fields: list[str] = []
        form = AuditForm

    def of_kind(self, rows: QuerySet[Entry], name: str, value: str) -> QuerySet[Entry]:
        group = in_group(value)
        return rows.filter(event__in=group) if group else rows.filter(event=value)

    def by_person(self, rows: QuerySet[Entry], name: str, value: str) -> QuerySet[Entry]:
        """By the people on the register first: their entries are found from an index."""
        value = value.strip()
        if value.lower() == SYSTEM.lower():
            return rows.filter(actor_id="")
        known = User.objects.filter(Q(name__icontains=value) | Q(email__icontains=value))
        ids = [str(pk) for pk in known.values_list("pk", flat=True)[:50]]
        if ids:
            return rows.filter(actor_id__in=ids)
        # The trail outlives the register.
        return rows.filter(Q(actor_name__icontains=value) | Q(actor_email__icontains=value))

    def about(self, rows: QuerySet[Entry], name: str, value: str) -> QuerySet[Entry]:
        found = _subject_of(value)
        return rows.filter(subject_type=found[0], subject_id=found[1]) if found else rows.none()

    def with_words(self, rows: Any, name: str, value: str) -> QuerySet[Entry]:
        narrowed: QuerySet[Entry] = rows.with_words(value)
        return narrowed

    def from_day(self, rows: Any, name: str, value: date) -> QuerySet[Entry]:
        narrowed: QuerySet[Entry] = rows.between(_midnight(value), None)
        return narrowed

    def to_day(self, rows: Any, name: str, value: date) -> QuerySet[Entry]:
        narrowed: QuerySet[Entry] = rows.between(None, _midnight(value + timedelta(days=1)))
        return narrowed

    @property
    def chosen(self) -> dict[str, str]:
        """The filters in use: each one's name as the form says it, and the words chosen."""
        if not self.is_valid():
            return {}
        return {
            name: _words(self.form.fields[name], value)
            for name, value in self.form.cleaned_data.items()
            if value
        }

    @property
    def has_range(self) -> bool:
        """Whether both ends of a range of dates are given."""
        return {"since", "until"} <= self.chosen.keys()


def _words(field: forms.Field, value: object) -> str:
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(field, forms.ChoiceField):
        groups: Any = field.choices
        return next(
            label
            for _, members in groups
            if isinstance(members, list | tuple)
            for key, label in members
            if key == value
        )
    return str(value)


def _midnight(day: date) -> datetime:
    """The beginning of a day in London."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _subject_of(text: str) -> tuple[str, str] | None:
    """("publishing.post", "12") of "post 12" or "publishing.post:12"; None of anything else."""
    match = REFERENCE.match(text)
    if not match:
        return None
    kind = " ".join(match[1].lower().split())
    if "." in kind:
        return kind, match[2]
    for model in apps.get_models():
        if kind in (str(model._meta.verbose_name).lower(), model._meta.model_name):
            return model._meta.label_lower, match[2]
    return None
