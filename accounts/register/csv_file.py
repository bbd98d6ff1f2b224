"""A CSV file of accounts: its columns are those of `accounts.register.csv_export`, so that an
export comes back in.
"""

from __future__ import annotations

from accounts.register.csv_export import HEADINGS
from pages.typed_csv import Layout, TypedRow, read_rows

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000
NEEDED = ("platform", "handle", "name", "service area", "site owner")
FOUND_OUT_LATER = ("risk", "risk score", "risk review due", "connection")
"""Columns of the export that nobody says of an account: they follow from what is done with it."""
TEMPLATE = tuple(name for name in HEADINGS if name not in FOUND_OUT_LATER)
_LAYOUT = Layout(HEADINGS, NEEDED, MAX_ROWS, MAX_BYTES)


def read_file(data: bytes) -> list[TypedRow]:
    """The rows of the file that hold anything. Raises ValidationError for the file as a whole."""
    return read_rows(data, _LAYOUT)
