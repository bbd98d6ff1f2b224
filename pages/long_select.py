"""A choice of many, drawn in one go."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class LongSelect(forms.Select):
    """A select for a hundred options: Django's own renders a template for each of them."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        groups = format_html_join(
            "", "{}", ((self._group(label, options),) for label, options, _ in widget["optgroups"])
        )
        drawn = flatatt({"name": widget["name"], **widget["attrs"]})
        return format_html("<select{}>{}</select>", drawn, groups)

    def _group(self, label: str | None, options: list[dict[str, Any]]) -> SafeString:
        drawn = format_html_join(
            "",
            "<option{}>{}</option>",
            (
                (flatatt({"value": option["value"], **option["attrs"]}), option["label"])
                for option in options
            ),
        )
        return format_html('<optgroup label="{}">{}</optgroup>', label, drawn) if label else drawn
