"""A choice of many, drawn in one go."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString


class LongSelect(forms.Select):
    """A select for dozens of options: Django's own renders a template for each of them."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        own = flatatt({"name": name, **self.build_attrs(self.attrs, attrs)})
        options = _options(self.choices, self.format_value(value))
        return SafeString(f"<select{own}>{options}</select>")


def _options(choices: Iterable[tuple[Any, Any]], chosen: Collection[str]) -> str:
    return "".join(_option(value, label, chosen) for value, label in choices)


def _option(value: Any, label: Any, chosen: Collection[str]) -> str:
    """One option, or a group of them where `label` is a list."""
    if isinstance(label, list | tuple):
        return f'<optgroup label="{escape(value)}">{_options(label, chosen)}</optgroup>'
    key = "" if value is None else str(value)
    selected = " selected" if key in chosen else ""
    return f'<option value="{escape(key)}"{selected}>{conditional_escape(label)}</option>'
