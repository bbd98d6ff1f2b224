"""The columns of a file of completions: what each takes, and an example to begin with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from pages.typed_csv import Layout, TypedRow, read_rows
from training.models import Course

MAX_ROWS = 5_000
MAX_BYTES = 2_000_000
NUMBER, EMAIL = "staff number", "e-mail"
COURSE, DAY, SCORE, REFERENCE = "course", "day", "score", "reference"
LONGEST_REFERENCE = 100
_TAKES = {
    NUMBER: "As on the payslip. Enter this or the e-mail address",
    EMAIL: "The work e-mail address. Enter this or the staff number",
    COURSE: "The title of the course, or its short name in addresses here",
    DAY: "The day of completion: 2026-03-31 or 31/03/2026",
    SCORE: "Per cent, from 0 to 100. Leave it empty where there was no quiz",
    REFERENCE: "What the other system calls this completion, to find it there again",
}
NEEDED = (COURSE, DAY)
_LAYOUT = Layout(tuple(_TAKES), NEEDED, MAX_ROWS, MAX_BYTES)


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    takes: str
    is_needed: bool


GUIDE = tuple(Column(name, takes, name in NEEDED) for name, takes in _TAKES.items())
"""What each column takes, in words for the page."""


def read_file(data: bytes) -> list[TypedRow]:
    """The rows of the file that hold anything. Raises ValidationError for the file as a whole."""
    return read_rows(data, _LAYOUT)


def example_for(sender: User) -> Iterator[tuple[str, ...]]:
    """The headings, and one row about the sender to be written over."""
    course = Course.objects.in_use().order_by("title").first()
    yield tuple(_TAKES)
    title = course.title if course else "Social media for everyone"
    day = timezone.localdate().isoformat()
    yield (sender.staff_number, sender.email, title, day, "90", "LMS-00001")
