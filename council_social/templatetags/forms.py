"""What the form renderer and the error summary need besides their templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt

register = template.Library()

Line = Mapping[str, str]


@register.simple_tag
def summary_of(
    form: BaseForm | None, forms: Iterable[BaseForm] | None, errors: Iterable[Line] | None
) -> list[Line]:
    """Every error of the forms and of `errors`, each with the address of its field."""
    lines: list[Line] = list(errors or ())
    for each in [*([form] if form else []), *(forms or ())]:
        lines.extend(_of_form(each))
    return lines


def _of_form(form: BaseForm) -> Iterator[Line]:
    for text in form.non_field_errors():
        yield {"text": str(text), "href": ""}
    for field in form:
        for text in field.errors:
            yield {"text": str(text), "href": f"#{_target(field)}"}


def _target(field: BoundField) -> str:
    """The id of the first control of a field: what an error's link must focus."""
    ids = (sub.id_for_label for sub in field.subwidgets)
    widgets = getattr(field.field.widget, "widgets_names", None)
    if widgets:
        return f"{field.auto_id}{widgets[0]}" if widgets[0] else f"{field.auto_id}_0"
    return next((id_ for id_ in ids if id_), field.auto_id)


@register.simple_tag
def attributes(given: dict[str, Any]) -> str:
    """A control's attributes, written at once: every control of every form has some."""
    return flatatt(given)


@register.filter
def choice_kind(option: Mapping[str, Any]) -> str:
    """The family of classes of one radio or checkbox."""
    return "govuk-radios" if option["type"] == "radio" else "govuk-checkboxes"


@register.simple_tag
def group_module(widget: Mapping[str, Any]) -> str:
    """The family of classes, and the script's name, of a group of radios or checkboxes."""
    return choice_kind(widget["optgroups"][0][1][0])


_MANY = 8
"""More choices than these stand in columns where there is room."""


@register.simple_tag
def group_class(widget: Mapping[str, Any]) -> str:
    family = group_module(widget) if widget["optgroups"] else "govuk-checkboxes"
    many = " cs-choices--many" if len(widget["optgroups"]) > _MANY else ""
    return f"{family} {family}--small{many}"


@register.filter
def first_line(label: object) -> str:
    return str(label).partition("\n")[0]


@register.filter
def other_lines(label: object) -> str:
    return str(label).partition("\n")[2]
