"""What is wrong with a file as a whole is said at once, with what to do."""

from __future__ import annotations

import tracemalloc
from time import perf_counter

import pytest
from django.core.exceptions import ValidationError

from accounts.register.csv_export import HEADINGS
from accounts.register.csv_file import MAX_BYTES, MAX_ROWS, TEMPLATE, read_file
from tests.accounts.register.spreadsheets import COLUMNS, a_row, file_of

HEAD = ",".join(COLUMNS)


def refusal(data: bytes) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        read_file(data)
    return refused.value.messages


def test_rows_are_read_by_their_columns_in_any_order_with_the_numbers_of_a_spreadsheet() -> None:
    text = (
        "Name,HANDLE,platform, Service  Area ,site owner\r\n"
        '"Parks, and gardens",wmparks,X,Parks,p@x.example\r\n'
        "\r\n"
        ",,,,\r\n"
        "Trees,wmtrees,X,Parks,p@x.example,,\r\n"
    )
    first, second = read_file(text.encode())
    assert first.cells["name"] == "Parks, and gardens"
    assert (first.number, second.number) == (2, 5)
    assert not second.is_too_long


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_with_or_without_a_byte_order_mark(start: bytes) -> None:
    [row] = read_file(start + f"{HEAD}\nX,a,Café,Parks,p@x.example".encode())
    assert row.cells["name"] == "Café"


def test_an_apostrophe_that_the_export_put_in_front_is_taken_off_once() -> None:
    data = file_of([a_row(purpose="'=cmd", audience="''=cmd", name="'quoted'")])
    [row] = read_file(data)
    assert row.cells["purpose"] == "=cmd"
    assert row.cells["audience"] == "'=cmd"
    assert row.cells["name"] == "'quoted'"


def test_plain_and_typographic_apostrophes_name_the_same_column() -> None:
    data = f"{HEAD},partner's contact\nX,a,A,Parks,p@x.example,Jo".encode()
    assert read_file(data)[0].cells["partner’s contact"] == "Jo"


def test_windows_1252_is_named_with_where_and_what_to_do() -> None:
    data = f"{HEAD}\nX,a,A,Parks,p@x.example\nX,b,Café,Parks,p@x.example".encode("cp1252")
    [words] = refusal(data)
    assert "Windows-1252" in words
    assert "line 3" in words
    assert "CSV UTF-8" in words


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\n\n ,\n", "empty"),
        (HEAD.encode(), "no rows"),
        (HEAD.encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04rest", "workbook"),
        (HEAD.replace(",", ";").encode(), "separated by commas"),
        (HEAD.replace(",", "\t").encode(), "separated by commas"),
        (f'{HEAD}\nX,"a"b,A,Parks,p'.encode(), "near line 2"),
        (f'{HEAD}\nX,"a,A,Parks,p'.encode(), "quotation mark"),
        (b'"' + b"x" * 200_000 + b'"', "near line"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(data: bytes, words: str) -> None:
    [said] = refusal(data)
    assert words in said


def test_every_wrong_column_is_named_at_once() -> None:
    assert refusal(b"platform,handle,Handle,sit owner,colour,name,\nX,a,a,p,red,A,here") == [
        "There is no column “sit owner”. Did you mean “site owner”?",
        "There is no column “colour”. Take it out.",
        "The column “handle” is there more than once. Keep one of them.",
        "The column “service area” is missing.",
        "The column “site owner” is missing.",
    ]


def test_a_column_in_the_middle_needs_a_name() -> None:
    assert refusal(f"platform,,{HEAD.removeprefix('platform,')}\nX".encode()) == [
        "A column has no name. Give it one, or take it out."
    ]


def test_what_stands_beyond_the_last_column_is_seen() -> None:
    [row] = read_file(f"{HEAD}\nX,a,Parks, and gardens,Parks,p@x.example".encode())
    assert row.is_too_long


def test_more_than_is_taken_at_a_time_is_refused() -> None:
    rows = [a_row(handle=f"h{number}") for number in range(MAX_ROWS)]
    assert len(read_file(file_of(rows))) == MAX_ROWS
    assert "5,001 rows" in refusal(file_of([*rows, a_row()]))[0]
    assert "5.0 MB" in refusal(b"x" * (MAX_BYTES + 1))[0]


def test_the_export_has_no_column_that_an_import_refuses() -> None:
    read_file(file_of([a_row()], HEADINGS))
    read_file(file_of([a_row()], TEMPLATE))


def test_of_thousands_of_columns_it_is_only_said_that_they_are_too_many() -> None:
    [words] = refusal(",".join(f"column {number}" for number in range(5000)).encode())
    assert words.startswith("The file has 5,000 columns.")


def test_thousands_of_columns_without_a_name_are_left_off_at_once() -> None:
    before = perf_counter()
    [row] = read_file(f"{HEAD}{',' * 200_000}\nX,a,Parks,Parks,p@x.example".encode())
    assert row.cells["handle"] == "a"
    assert perf_counter() - before < 2


def test_of_rows_that_are_too_many_no_more_are_kept_than_are_taken() -> None:
    tracemalloc.start()
    try:
        assert "100,000 rows" in refusal((HEAD + "\nX" * 100_000).encode())[0]
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()
