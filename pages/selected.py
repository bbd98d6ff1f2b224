"""The filters in use, each with an address that takes it away: for the filter component."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

PLACES = ("after", "before")
"""Where in a list one was; meaningless once the list is another."""


@dataclass(frozen=True, slots=True)
class Selected:
    """One filter in use: its name, its value in words, and the address without it."""

    category: str
    text: str
    href: str


def selected_filters(form: forms.BaseForm, query: QueryDict) -> list[Selected]:
    """Every filter in use of a form that was bound to `query`; none for values that are wrong."""
    return [
        Selected(str(field.label), text, _without(query, field.html_name, value))
        for field in form
        if not field.errors
        for value in query.getlist(field.html_name)
        if value
        for text in _in_words(field.field, value)
    ]


def without_place(query: QueryDict) -> str:
    """The filters and the order of an address, to be kept in links to the same list elsewhere."""
    rest = query.copy()
    for place in PLACES:
        rest.pop(place, None)
    return rest.urlencode()


def _in_words(field: forms.Field, value: str) -> Iterator[str]:
    if isinstance(field, forms.ModelChoiceField):
        chosen = field.clean(value)
        yield str(chosen)
    elif isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in field.widget.choices}
        yield labels.get(value, value)
    else:
        yield "yes" if value in ("on", "true") else value


def _without(query: QueryDict, name: str, value: str) -> str:
    rest = query.copy()
    for place in PLACES:
        rest.pop(place, None)
    rest.setlist(name, [other for other in query.getlist(name) if other != value])
    return f"?{rest.urlencode()}"
