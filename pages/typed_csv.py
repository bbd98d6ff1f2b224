"""A CSV file as somebody sent it: its columns, and its rows as typed.

What is wrong with the file as a whole is refused here, in words that say what to do; what is wrong
with a row, whoever reads the rows says (`pages.typed_rows`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from io import StringIO
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError

from pages.csv_cells import as_typed

MOST_COLUMNS = 200
"""Of a file with more, not each wrong one is looked for on the list: that would take minutes."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SAVE_AS = "In a spreadsheet, choose “Save as”, then “CSV UTF-8 (comma delimited)”, and send that."


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns a kind of file has, and how much of it is taken at a time."""

    headings: tuple[str, ...]
    needed: tuple[str, ...]
    max_rows: int
    max_bytes: int


@dataclass(frozen=True, slots=True)
class TypedRow:
    """One row. `number` counts as a spreadsheet does: the headings are row 1."""

    number: int
    cells: dict[str, str]
    """What was typed, by column, without spaces around it."""
    is_too_long: bool = False
    """There is something to the right of the last column."""

    def kept(self) -> dict[str, Any]:
        """As it is kept in a row of JSON, until it is decided on."""
        return {"row": self.number, **self.cells}


def kept_rows(kept: Iterable[Mapping[str, Any]]) -> Iterator[TypedRow]:
    """What `TypedRow.kept` gave, read back."""
    for row in kept:
        cells = dict(row)
        yield TypedRow(cells.pop("row"), cells)


def read_rows(data: bytes, layout: Layout) -> list[TypedRow]:
    """The rows of the file that hold anything. Raises ValidationError for the file as a whole."""
    text = _text_of(data, layout.max_bytes)
    lines = _lines(text)
    headings = next((cells for _, cells in lines if any(cells)), None)
    if headings is None:
        raise ValidationError("The file is empty.")
    columns = _columns(headings, layout)
    filled = ((number, cells) for number, cells in lines if any(cells))
    rows = [_row(number, cells, columns) for number, cells in islice(filled, layout.max_rows)]
    if not rows:
        raise ValidationError("The file has no rows under its headings.")
    # What is too much is counted, and not kept.
    if more := sum(1 for _ in filled):
        raise ValidationError(
            f"The file has {len(rows) + more:,} rows. Send {layout.max_rows:,} or fewer at a time."
        )
    return rows


def too_large(size: int, most: int) -> str:
    """What is said of a file of `size` bytes."""
    return f"The file has {size / 1e6:,.1f} MB. Send {most / 1e6:g} MB or less."


def _text_of(data: bytes, most: int) -> str:
    if len(data) > most:
        raise ValidationError(too_large(len(data), most))
    if data.startswith(_WORKBOOKS):
        raise ValidationError(f"The file is a workbook, not CSV. {_SAVE_AS}")
    if data.startswith(_UTF_16):
        raise ValidationError(f"The file is saved as “Unicode text” (UTF-16). {_SAVE_AS}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data[: wrong.start].count(b"\n") + 1
        raise ValidationError(
            "The file is not saved as UTF-8: it looks like Windows-1252, which is what"
            f" a plain “CSV” is (first seen on line {line:,}). {_SAVE_AS}"
        ) from None


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each line with its number; also the empty ones count, as in a spreadsheet."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        for number, cells in enumerate(reader, 1):
            yield number, [as_typed(cell).strip() for cell in cells]
    except csv.Error:
        raise ValidationError(
            f"The file cannot be read as CSV near line {reader.line_num:,}: is a quotation mark"
            f" missing there? {_SAVE_AS}"
        ) from None


def _row(number: int, cells: Sequence[str], columns: Sequence[str]) -> TypedRow:
    typed = {name: cell for name, cell in zip(columns, cells, strict=False) if cell}
    return TypedRow(number, typed, is_too_long=any(cells[len(columns) :]))


def _columns(headings: Sequence[str], layout: Layout) -> list[str]:
    """The columns by their names here, in the file's order."""
    headings = headings[: max((at for at, each in enumerate(headings, 1) if each), default=0)]
    if len(headings) == 1 and (";" in headings[0] or "\t" in headings[0]):
        raise ValidationError(f"The columns must be separated by commas. {_SAVE_AS}")
    if len(headings) > MOST_COLUMNS:
        raise ValidationError(
            f"The file has {len(headings):,} columns. Keep only those of the list of columns."
        )
    known = {_plain(name): name for name in layout.headings}
    found = [known.get(_plain(heading), "") for heading in headings]
    wrong = [_unknown(each, known) for each, name in zip(headings, found, strict=True) if not name]
    twice = sorted({name for name in found if name and found.count(name) > 1})
    wrong += [f"The column “{name}” is there more than once. Keep one of them." for name in twice]
    wrong += [f"The column “{name}” is missing." for name in layout.needed if name not in found]
    if wrong:
        raise ValidationError(wrong)
    return found


def _plain(heading: str) -> str:
    """Without what people type in different ways: capitals, spaces, apostrophes."""
    return " ".join(heading.replace("’", "'").casefold().split())


def _unknown(heading: str, known: Mapping[str, str]) -> str:
    if not heading:
        return "A column has no name. Give it one, or take it out."
    shown = heading if len(heading) <= 40 else f"{heading[:39]}…"
    near = get_close_matches(_plain(heading), known, n=1)
    tip = f"Did you mean “{known[near[0]]}”?" if near else "Take it out."
    return f"There is no column “{shown}”. {tip}"
