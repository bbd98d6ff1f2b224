"""What a matrix shows as a file: a line for each person found, three cells for each course."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from tempfile import NamedTemporaryFile

from django.db import transaction
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import Subject, record
from pages.csv_cells import csv_pieces
from training.matrix.cells import Cell, Line
from training.matrix.page import Matrix

AT_ONCE = 250
"""People who are in memory at one time."""
WHO = ("name", "e-mail address", "job", "service area", "line manager", "late with")
_WIDTHS = (26, 34, 26, 26, 26, 10)
_PIECE = 64 * 1024
Value = str | int | date | None


def export_csv(matrix: Matrix) -> Iterator[bytes]:
    """In pieces. The entry in the audit trail is written first. Raises NotAllowed."""
    _tell(matrix, "CSV")
    heads = [text for cells in _heads(matrix) for text in cells]
    rows = ([_as_text(value) for value in row] for row in _rows(matrix))
    return csv_pieces(chain([[*WHO, *heads]], rows))


def export_excel(matrix: Matrix) -> Iterator[bytes]:
    """The same as a workbook: the people on one sheet, the filters on another."""
    _tell(matrix, "Excel")
    return _workbook(matrix)


def _workbook(matrix: Matrix) -> Iterator[bytes]:
    with NamedTemporaryFile(suffix=".xlsx") as file:
        _write(file.name, matrix)
        while piece := file.read(_PIECE):
            yield piece


def _tell(matrix: Matrix, kind: str) -> None:
    demand(matrix.reader, Permission.SEE_TRAINING_RECORDS)
    filters = {each.category: each.text for each in matrix.selected()}
    subject = Subject("training.matrix", "", "the training matrix")
    with transaction.atomic():
        facts = {"format": kind, "filters": filters}
        record(Event.TRAINING_EXPORTED, by=matrix.reader, on=subject, after=facts)


def _heads(matrix: Matrix) -> list[tuple[str, str, str]]:
    titles = [str(each.thing) for each in matrix.filter.shown()]
    return [(title, f"{title}: good until", f"{title}: due by") for title in titles]


def _rows(matrix: Matrix) -> Iterator[list[Value]]:
    for line in _lines(matrix):
        person = line.person
        yield [
            person.name,
            person.email,
            person.job_title,
            str(person.service_area or ""),
            str(person.manager or ""),
            line.late,
            *chain.from_iterable(_cells(cell) for cell in line.cells),
        ]


def _cells(cell: Cell) -> tuple[str, date | None, date | None]:
    return cell.words, cell.learning.expires, cell.learning.due_on


def _lines(matrix: Matrix) -> Iterator[Line]:
    """By name, some people at a time."""
    found = matrix.filter.found()
    ids = list(found.order_by("name", "pk").values_list("pk", flat=True))
    for at in range(0, len(ids), AT_ONCE):
        people = User.objects.filter(pk__in=ids[at : at + AT_ONCE])
        joined = people.select_related("service_area", "manager").order_by("name", "pk")
        yield from matrix.lines(list(joined))


def _as_text(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else str(value if value is not None else "")


def _write(path: str, matrix: Matrix) -> None:
    book = Workbook(
        path,
        {
            # Every row goes to the file as soon as the next one begins.
            "constant_memory": True,
            # What somebody typed is never run, nor made a link.
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "d mmm yyyy", "align": "left"})
    _write_people(book.add_worksheet("People"), matrix, bold, day)
    _write_filters(book.add_worksheet("Filters"), matrix, bold, day)
    book.close()


def _write_people(sheet: Worksheet, matrix: Matrix, bold: Format, day: Format) -> None:
    heads = [*WHO, *chain.from_iterable(_heads(matrix))]
    for column, width in enumerate([*_WIDTHS, *[16] * (len(heads) - len(WHO))]):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 1)
    _put(sheet, 0, [head[:1].upper() + head[1:] for head in heads], bold, day)
    last = 0
    for number, row in enumerate(_rows(matrix), start=1):
        _put(sheet, number, row, None, day)
        last = number
    sheet.autofilter(0, 0, last, len(heads) - 1)


def _write_filters(sheet: Worksheet, matrix: Matrix, bold: Format, day: Format) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 60)
    rows: list[Sequence[Value]] = [
        ("As of", matrix.today),
        ("Downloaded by", matrix.reader.name),
        ("About", "Policies" if matrix.of_policies else "Courses"),
        *((each.category, each.text) for each in matrix.selected()),
    ]
    _put(sheet, 0, ("Filter", "Value"), bold, day)
    for number, row in enumerate(rows, start=1):
        _put(sheet, number, row, None, day)


def _put(
    sheet: Worksheet, row: int, values: Iterable[Value], style: Format | None, day: Format
) -> None:
    for column, value in enumerate(values):
        if isinstance(value, date):
            sheet.write_datetime(row, column, value, day)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, style)
        elif value:
            sheet.write_string(row, column, value, style)
