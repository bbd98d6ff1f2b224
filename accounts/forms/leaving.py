"""The forms about somebody who leaves: the last day, and who takes over what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy, deepcopy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.actions.handing_on import Heirs
from accounts.forms.fields import day, reason
from accounts.forms.one_of_many import PersonField
from accounts.forms.register import Section
from accounts.handing_on import Thing
from accounts.left_behind import LeftBehind

NAMED = 5
"""Pieces of work that a question names."""


class HandOnForm(forms.Form):
    """A question for each account and each kind of work; what is left empty stays to be done."""

    reason = reason()

    def __init__(self, *args: Any, left: LeftBehind, **more: Any) -> None:
        super().__init__(*args, **more)
        self.left = left
        # One list of people for all the questions.
        self._heir = deepcopy(PersonField(required=False, empty_label="Nobody yet"))
        for account in left.owned:
            deputy = account.deputy if account.deputy and account.deputy.is_employed() else None
            self._ask(f"owner_{account.pk}", f"New owner of {account}", first=deputy)
        for account in left.deputised:
            self._ask(f"deputy_{account.pk}", f"New deputy of {account}")
        for kind, things in left.work:
            self._ask(kind.key, kind.question, said=_named(things))
        self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def _ask(self, name: str, label: str, *, first: Any = None, said: str = "") -> None:
        field = copy(self._heir)
        field.label, field.initial = label, first
        if said:
            field.help_text = f"{said}. {field.help_text}" if field.help_text else said
        self.fields[name] = field

    def sections(self) -> Iterator[Section]:
        names = list(self.fields)
        asked = [name for name in names if name not in ("last_day", "reason")]
        if "last_day" in names:
            yield Section("The last day", [self["last_day"]])
        if asked:
            yield Section("Who takes over", [self[name] for name in asked])
        yield Section("Why", [self["reason"]])

    def heirs(self) -> Heirs:
        """Who was chosen; a question that was left empty is not there."""
        chosen = {name: heir for name, heir in self.cleaned_data.items() if heir}
        return Heirs(
            owners=_of(chosen, "owner_"),
            deputies=_of(chosen, "deputy_"),
            work={kind.key: chosen[kind.key] for kind, _ in self.left.work if kind.key in chosen},
        )


class LeavingForm(HandOnForm):
    last_day = day(
        "Last day of employment",
        "Every right ends at the end of that day.",
        called="the last day of employment",
    )


class HandOnLaterForm(HandOnForm):
    """Once somebody has left: at least one thing is handed on."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in cleaned if name != "reason"):
            raise ValidationError("Choose who takes over for one question at least.")
        return cleaned


def _of(chosen: dict[str, Any], start: str) -> dict[int, Any]:
    return {
        int(name.removeprefix(start)): heir
        for name, heir in chosen.items()
        if name.startswith(start)
    }


def _named(things: Sequence[Thing]) -> str:
    words = "; ".join(each.text for each in things[:NAMED])
    more = f" and {len(things) - NAMED} more" if len(things) > NAMED else ""
    return f"{len(things)}: {words}{more}"
