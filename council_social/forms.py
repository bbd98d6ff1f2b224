"""Forms in GOV.UK's markup without a line of it in a page: `{{ form }}` is enough.

Plain Django widgets are recognised by their type and given classes, hints and errors; widget
templates are under `templates/django/forms/widgets/`. Nothing imports this: Django finds it
through the setting `FORM_RENDERER`, so that every app's forms look right by themselves.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input, Widget
from django.utils.functional import cached_property

KINDS: tuple[tuple[type[Widget], str, str], ...] = (
    # Widget, its kind, the class of its control; the first that fits.
    (forms.SplitDateTimeWidget, "date-time", "govuk-input"),
    (forms.CheckboxSelectMultiple, "checkboxes", "govuk-checkboxes__input"),
    (forms.RadioSelect, "radios", "govuk-radios__input"),
    (forms.CheckboxInput, "checkbox", "govuk-checkboxes__input"),
    (forms.FileInput, "file", "govuk-file-upload"),
    (forms.Textarea, "textarea", "govuk-textarea"),
    (forms.Select, "select", "govuk-select"),
    (forms.DateInput, "date", "govuk-input moj-js-datepicker-input govuk-input--width-10"),
    (forms.TimeInput, "time", "govuk-input govuk-input--width-5"),
    (forms.NumberInput, "input", "govuk-input govuk-input--width-10"),
    (Input, "input", "govuk-input"),
)


DASHES = "---------"
"""What Django puts where nothing is chosen; a screen reader says "dash" nine times."""


class GovukBoundField(BoundField):
    """A field that knows how GOV.UK would mark it up."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        if isinstance(field, forms.ModelChoiceField) and field.empty_label == DASHES:
            field.empty_label = "Choose" if field.required else "None"

    @cached_property
    def kind(self) -> str:
        return next((kind for of, kind, _ in KINDS if isinstance(self.field.widget, of)), "other")

    @property
    def is_group(self) -> bool:
        """Whether several controls answer one question, so that a legend asks it."""
        return self.kind in ("checkboxes", "radios", "date-time")

    @property
    def asks_optionally(self) -> bool:
        """Whether the label must say that the answer may be left out, not only left for later.

        Radios of which one is chosen from the start leave nothing to leave out.
        """
        if getattr(self.field, "may_wait", False) or (self.kind == "radios" and self.initial):
            return False
        return not self.field.required and self.kind != "checkbox" and not self.field.disabled

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: Widget | None = None
    ) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        # Browsers' own bubbles say less than our error summary, and differ.
        built.pop("required", None)
        widget = widget or self.field.widget
        style = next((style for of, _, style in KINDS if isinstance(widget, of)), "")
        if style and not widget.is_hidden:
            marks = self.errors and self.kind not in ("checkboxes", "radios", "checkbox")
            error = f" {style.split()[0]}--error" if marks else ""
            own = widget.attrs.get("class", "")
            built["class"] = f"{style}{error} {own}".strip()
        return built

    @property
    def aria_describedby(self) -> str:
        """Hint, error, and what the widget itself names (a count, for example), in that order."""
        ids = [f"{self.auto_id}_helptext"] if self.help_text else []
        ids += [f"{self.auto_id}_error"] if self.errors else []
        own = self.field.widget.attrs.get("aria-describedby")
        return " ".join([*ids, *([own] if own else [])])


class GovukRenderer(TemplatesSetting):
    """Renders forms, fields and widgets with the project's templates."""

    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"
    bound_field_class = GovukBoundField
