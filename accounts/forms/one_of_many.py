"""Choosing one of many: a select while there are few, a line to type into once there are many.

A select of five thousand people is slow to draw, to send and to look through. The line takes a name
or an address, offers what fits while one types (a list of the browser's own, filled by htmx), and
says what is meant where several fit. Without JavaScript it is a line like any other.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import SocialAccount, User
from pages.long_select import LongSelect
from pages.numbers import whole_number
from pages.words import with_words

FEW = 100
"""As many as a select still offers."""
LONGEST_NUMBER = 20
"""Of a staff number."""
NAMED = 5
"""Of those that fit, when more than one does."""


class Line(forms.TextInput):
    """A text that the browser completes from what the address `suggestions` finds."""

    def __init__(self, suggestions: str) -> None:
        super().__init__({"autocomplete": "off"})
        self.suggestions = suggestions

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        found = f"{(attrs or {}).get('id', name)}_found"
        live = {
            "list": found,
            "hx-get": reverse(self.suggestions),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": f"#{found}",
            "hx-sync": "this:replace",
        }
        line = super().render(name, value, {**(attrs or {}), **live}, renderer)
        return format_html("{}<datalist{}></datalist>", line, flatatt({"id": found}))


class OneOfManyField(forms.ModelChoiceField):
    """One row of a queryset, which is counted each time that a form is opened."""

    model: type[Model]
    columns: tuple[str, ...] = ()
    """Where the words that were typed are looked for."""
    suggestions = ""
    how = ""
    """Said below the question, once it is a line."""
    nobody = ""
    """What to do when nothing fits."""

    def __init__(self, queryset: QuerySet[Any] | None = None, **more: Any) -> None:
        given = self.model._default_manager.none() if queryset is None else queryset
        self.rows: QuerySet[Any] = self.offered(given)
        super().__init__(queryset=self.rows, **{"widget": LongSelect, **more})

    def __deepcopy__(self, memo: dict[int, Any]) -> OneOfManyField:
        field: OneOfManyField = super().__deepcopy__(memo)
        # Each form copies its fields when it is opened: what is offered changes while the process
        # lives.
        field.offer(self.offered(self.rows))
        return field

    def offered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """What a form that is opened now offers."""
        return rows

    def offer(self, rows: QuerySet[Any]) -> None:
        """Offer these, as a select or as a line. One query."""
        self.rows = self.queryset = rows
        few = list(rows[: FEW + 1])
        if len(few) <= FEW:
            none = [] if self.empty_label is None else [("", self.empty_label)]
            self.choices = [*none, *((row.pk, self.label_from_instance(row)) for row in few)]
            return
        self.widget = Line(self.suggestions)
        self.widget.is_required = self.required
        self.help_text = f"{self.help_text}. {self.how}" if self.help_text else self.how

    @property
    def is_line(self) -> bool:
        return isinstance(self.widget, Line)

    def prepare_value(self, value: Any) -> Any:
        """On a line, a key is shown as what it stands for."""
        if not self.is_line:
            return super().prepare_value(value)
        found = value if isinstance(value, Model) else self._by_key(value)
        return self.label_from_instance(found) if found else value

    def to_python(self, value: Any) -> Any:
        if not self.is_line or isinstance(value, Model):
            return super().to_python(value)
        typed = str(value or "").strip()
        return (self._by_key(typed) or self._meant_by(typed)) if typed else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial)) != str(self.prepare_value(data))

    def _by_key(self, value: Any) -> Any:
        """Links to a form name a row by its key."""
        key = whole_number(str(value or ""))
        return None if key is None else self.rows.filter(pk=key).first()

    def _meant_by(self, typed: str) -> Any:
        fitting = list(suggested(self.rows, typed, self.columns)[: FEW + 1])
        exact = [row for row in fitting if self._is_called(row, typed)]
        # A number that is nobody's key is not part of a name by chance.
        meant = exact or ([] if typed.isdecimal() else fitting)
        if len(meant) == 1:
            return meant[0]
        raise ValidationError(self._several(typed, meant) if meant else self._none(typed))

    def _is_called(self, row: Any, typed: str) -> bool:
        columns = (getattr(row, name) for name in self.columns)
        called = {self.label_from_instance(row), *filter(None, columns)}
        return typed.casefold() in {name.casefold() for name in called}

    def _several(self, typed: str, rows: list[Any]) -> str:
        named = "; ".join(self.label_from_instance(row) for row in rows[:NAMED])
        more = " and more" if len(rows) > NAMED else ""
        return f"“{typed[:100]}” could be {named}{more}. Enter the one you mean in full."

    def _none(self, typed: str) -> str:
        return f"Nothing here is called “{typed[:100]}”. {self.nobody}"


class PersonField(OneOfManyField):
    """Somebody who works here on the day the form is opened."""

    model = User
    columns: tuple[str, ...] = ("name", "email", "staff_number")
    suggestions = "people_suggested"
    how = "Enter the name, the work e-mail address or the staff number"
    nobody = "Enter the name, e-mail address or staff number of somebody who works here."
    default_error_messages = {"invalid_choice": "Choose somebody who works here."}

    def offered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return User.objects.employed().order_by("name", "pk")

    def to_python(self, value: Any) -> Any:
        return super().to_python(self._numbered(value) or value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        # Or a number that was typed would come back as whoever has that key.
        return self._numbered(data) or super().bound_data(data, initial)

    def _numbered(self, typed: Any) -> User | None:
        """Whoever has the staff number that was typed into a line; a select holds keys."""
        number = str(typed or "").strip()
        if not self.is_line or isinstance(typed, Model) or not number.isprintable():
            return None
        if not 0 < len(number) <= LONGEST_NUMBER:
            return None
        found: User | None = self.rows.filter(staff_number__iexact=number).first()
        return found

    def label_from_instance(self, obj: User) -> str:
        """With the address or the number, since two people can have one name."""
        return f"{obj.name} ({obj.email or obj.staff_number})"


class OwnerField(PersonField):
    """Somebody who is the site owner of an account, whether they still work here or not."""

    columns = ("name", "email")
    how = "Enter the name or the work e-mail address"
    nobody = "Enter the name or the work e-mail address of a site owner."

    def offered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        owns = SocialAccount.objects.filter(owner=OuterRef("pk"))
        return User.objects.filter(Exists(owns)).order_by("name", "pk")

    def _numbered(self, typed: Any) -> User | None:
        """Nobody: links to a list name its owner by the key."""
        return None


class AccountField(OneOfManyField):
    """One of the accounts that the form says may be chosen."""

    model = SocialAccount
    columns = ("name", "handle", "platform")
    suggestions = "accounts_suggested"
    how = "Enter the name or the handle"
    nobody = "Enter the name or the handle of an account on the register."
    default_error_messages = {"invalid_choice": "Choose an account on the list."}

    def offer(self, rows: QuerySet[Any]) -> None:
        super().offer(rows.order_by("name", "pk"))


def suggested(rows: QuerySet[Any], typed: str, columns: tuple[str, ...]) -> QuerySet[Any]:
    """Those of `rows` that have all the words, each somewhere."""
    # What cannot be seen is in no name, and PostgreSQL takes no text with a NUL in it.
    kept = (sign if sign.isprintable() and sign not in "()@;" else " " for sign in typed)
    return with_words(rows, "".join(kept), *columns)
