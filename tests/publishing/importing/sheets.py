"""Files of posts, as a spreadsheet saves them."""

from __future__ import annotations

import csv
from io import StringIO

from django.core.files.uploadedfile import SimpleUploadedFile


def sheet(*rows: dict[str, str]) -> bytes:
    """A row for each; text and accounts have columns in any case."""
    names = list(dict.fromkeys(["text", "accounts", *(name for row in rows for name in row)]))
    written = StringIO()
    writer = csv.DictWriter(written, names)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def a_post(number: int = 1, **cells: str) -> dict[str, str]:
    return {"text": f"Story time number {number} is on Saturday.", "accounts": "X: @wmlibraries",
            **cells}  # fmt: skip


def upload_of(*rows: dict[str, str], name: str = "spring.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, sheet(*rows), "text/csv")
