"""Files as HR sends them."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from pages.csv_cells import csv_pieces
from training.importing.columns import COURSE, DAY, EMAIL, NUMBER, REFERENCE, SCORE

COLUMNS = (NUMBER, EMAIL, COURSE, DAY, SCORE, REFERENCE)
PDF = b"%PDF-1.4\n%%EOF\n"


def sheet(*rows: Mapping[str, Any]) -> bytes:
    """A CSV file with a row for each."""
    lines = [tuple(str(row.get(name, "")) for name in COLUMNS) for row in rows]
    return b"".join(csv_pieces([COLUMNS, *lines]))


def picture(name: str = "sheet.png") -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (40, 30), "white").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def pdf(name: str = "sheet.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")
