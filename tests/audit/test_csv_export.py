from __future__ import annotations

import csv
import io

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from audit import csv_export
from audit.catalogue import Event
from audit.csv_export import COLUMNS, HEADINGS, csv_pieces
from audit.models import Entry
from audit.record import Subject, record
from tests.audit.trail import Someone, record_several

pytestmark = pytest.mark.django_db


def table() -> list[dict[str, str]]:
    """The whole trail as a spreadsheet reads it."""
    text = b"".join(csv_pieces(Entry.objects.all())).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == HEADINGS
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows[1:]]


def test_each_entry_is_a_row_in_the_order_of_the_chain() -> None:
    entries = record_several(3)
    rows = table()
    assert [row["sequence"] for row in rows] == ["1", "2", "3"]
    last = rows[2]
    assert last["at"] == f"{entries[2].at:%Y-%m-%d %H:%M:%S}"
    assert last["actor_name"] == "Priya Shah"
    assert last["event"] == "post.approved"
    assert last["details"] == (
        '{"after":{"state":"approved","version":3},"before":{"state":"awaiting approval"}}'
    )
    assert last["hash"] == entries[2].hash


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_what_a_spreadsheet_would_run_as_a_formula_is_made_harmless(start: str) -> None:
    nasty = start + 'HYPERLINK("http://evil.example","Click")'
    with transaction.atomic():
        record(
            Event.POST_DRAFTED,
            by=Someone(name=nasty, email=nasty),
            on=Subject("publishing.post", nasty[:60], nasty),
            reason=nasty,
        )
    (row,) = table()
    for column in ("actor_name", "actor_email", "subject_name", "reason"):
        assert row[column] == "'" + nasty
    assert row["subject_id"].startswith("'")


def test_quotes_commas_line_breaks_and_other_alphabets_come_through() -> None:
    name = 'Llŷr "Ll", Pen-y-bont\r\nllyfrgell 🐑 \\N \\.'
    record(Event.POST_DRAFTED, by=Someone(name=name), on=Subject("a.b", "1", "x"))
    assert table()[0]["actor_name"] == name


def test_it_comes_in_pieces_that_are_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    record_several(7)
    monkeypatch.setattr(csv_export, "WINDOW", 3)
    assert len(list(csv_pieces(Entry.objects.all()))) == 4
    assert [row["sequence"] for row in table()] == list("1234567")
    some = Entry.objects.filter(sequence__in=[2, 7])
    assert b"".join(csv_pieces(some)).count(b"post.approved") == 2


def test_an_entry_added_while_it_runs_is_not_in_it() -> None:
    record_several(2)
    pieces = csv_pieces(Entry.objects.all())
    next(pieces)
    rest = next(pieces)
    record_several(1)
    assert rest.count(b"post.approved") == 2
    assert list(pieces) == []


def test_an_empty_trail_is_a_line_of_headings() -> None:
    assert table() == []


def test_more_entries_take_no_more_queries() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            table()
        return len(captured)

    record_several(2)
    few = queries()
    record_several(60)
    assert queries() == few <= 2
