"""Files of accounts as people send them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from io import StringIO

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import ServiceAreaFactory, StrategicAimFactory, UserFactory

COLUMNS = ("platform", "handle", "name", "service area", "site owner")


def a_row(**changed: str) -> dict[str, str]:
    """A good row, once `a_council` is there; `changed` names columns with _ for a space."""
    good = {
        "platform": "Flickr",
        "handle": "wmarchive",
        "name": "Wealdmoor Archive",
        "service area": "Libraries",
        "site owner": "olu@wealdmoor.example",
    }
    return {**good, **{name.replace("_", " "): value for name, value in changed.items()}}


def a_council() -> None:
    """What the rows name."""
    ServiceAreaFactory(name="Libraries")
    UserFactory(name="Olu Owner", email="olu@wealdmoor.example")
    UserFactory(name="Dee Deputy", email="dee@wealdmoor.example")
    StrategicAimFactory(name="Reading")
    StrategicAimFactory(name="Answers; and quickly")


def file_of(rows: Iterable[Mapping[str, str]], columns: Iterable[str] = ()) -> bytes:
    """As a spreadsheet saves it."""
    rows = list(rows)
    names = list(columns) or list(dict.fromkeys(name for row in [a_row(), *rows] for name in row))
    text = StringIO(newline="")
    writer = csv.DictWriter(text, names, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def upload(data: bytes, name: str = "accounts.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="text/csv")
