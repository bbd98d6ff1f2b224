"""Cells of a CSV file that a spreadsheet opens: text stays text."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

BOM = "\ufeff"
"""Without it a spreadsheet takes UTF-8 for something else."""
FORMULA_STARTS = tuple("=+-@\t\r\n")


def harmless(text: str) -> str:
    """With an apostrophe in front of what a spreadsheet would run as a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


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
