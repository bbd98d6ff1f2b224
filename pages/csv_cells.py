"""Cells of a CSV file that a spreadsheet opens: text stays text, out and in again."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

BOM = "\ufeff"
"""Without it a spreadsheet takes UTF-8 for something else."""
FORMULA_STARTS = tuple("=+-@\t\r\n")


_GUARDED = re.compile(f"'+[{re.escape(''.join(FORMULA_STARTS))}]")


def harmless(text: str) -> str:
    """With an apostrophe in front of what a spreadsheet would run as a formula.

    Also in front of what looks as if that had been done, so that `as_typed` gives back any text.
    """
    is_formula = text.startswith(FORMULA_STARTS)
    return f"'{text}" if is_formula or _GUARDED.match(text) else text


def as_typed(cell: str) -> str:
    """What `harmless` was given: the apostrophe that it put in front is taken off."""
    return cell[1:] if _GUARDED.match(cell) else cell


def csv_pieces(rows: Iterable[Sequence[str]], size: int = 200) -> Iterator[bytes]:
    """The rows as CSV, every cell harmless, some hundred rows at a time."""
    text = StringIO(BOM)
    text.seek(0, 2)
    writer = csv.writer(text, lineterminator="\r\n")
    for number, row in enumerate(rows, 1):
        writer.writerow([harmless(cell) for cell in row])
        if number % size == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    if text.getvalue():
        yield text.getvalue().encode()
