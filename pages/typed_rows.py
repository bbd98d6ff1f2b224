"""Reading the cells of a typed row: everything that is wrong with it, each in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import ValidationError

from pages.typed_csv import TypedRow

Value = TypeVar("Value")

BEYOND = "after the last"
"""What the place to the right of the last column is called."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROL_IN_LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one cell, and what to do."""

    row: int
    column: str
    reason: str


class RowReader:
    """One row on its way; `problems` is all that was found on the way.

    Cells of the columns `in_lines` may have several lines.
    """

    def __init__(self, typed: TypedRow, in_lines: Collection[str] = ()) -> None:
        self.typed = typed
        self.problems: list[Problem] = []
        self.unreadable: set[str] = set()
        """Columns whose cell could not be read."""
        self.cells = dict(self._without_control(in_lines))
        if typed.is_too_long:
            self.wrong(BEYOND, "There is something here, but no column. Is a comma too many?")

    def wrong(self, column: str, reason: str) -> None:
        self.problems.append(Problem(self.typed.number, column, reason))

    def read_cell(self, column: str, how: Callable[[str], Value]) -> Value | None:
        """What `how` makes of the cell; None, with a problem, for what it refuses."""
        try:
            return how(self.cells.get(column, ""))
        except ValidationError as refusal:
            self.wrong(column, " ".join(refusal.messages))
            self.unreadable.add(column)
            return None

    def _without_control(self, in_lines: Collection[str]) -> Iterator[tuple[str, str]]:
        for column, cell in self.typed.cells.items():
            text = cell.replace("\r\n", "\n").replace("\r", "\n")
            control = _CONTROL_IN_LINES if column in in_lines else _CONTROL
            found = control.search(text)
            if found:
                what = "line break" if found[0] == "\n" else f"character U+{ord(found[0]):04X}"
                self.wrong(column, f"Take out the {what} that cannot be seen.")
            yield column, control.sub(" ", text)


def among(known: Mapping[str, Value], text: str, called: str) -> Value:
    """What is known by that name, in small letters. Raises ValidationError."""
    if not text:
        raise ValidationError(f"Enter the {called}.")
    if text.casefold() not in known:
        raise ValidationError(f"There is no {called} “{shortened(text)}”.")
    return known[text.casefold()]


def yes_or_no(text: str) -> bool:
    """Nothing means no. Raises ValidationError."""
    if text.casefold() not in ("", "yes", "no"):
        raise ValidationError("Enter yes or no.")
    return text.casefold() == "yes"


def shortened(text: str) -> str:
    """So much of a cell as fits into a sentence."""
    return text if len(text) <= 40 else f"{text[:39]}…"
