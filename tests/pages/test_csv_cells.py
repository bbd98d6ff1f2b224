"""Text goes into a CSV file and comes out as it was, and no spreadsheet runs it on the way."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pages.csv_cells import FORMULA_STARTS, as_typed, csv_pieces, harmless

STARTS = some.sampled_from(["", "'", "''", *FORMULA_STARTS, "'=", "''@", "'\t", "’="])
TEXTS = some.builds(
    lambda start, rest: start + rest,
    STARTS,
    some.text(some.characters(exclude_categories=["Cs"]), max_size=12),
)


@given(TEXTS)
def test_any_text_comes_back_and_is_never_a_formula_on_the_way(text: str) -> None:
    cell = harmless(text)

    assert not cell.startswith(FORMULA_STARTS)
    assert as_typed(cell) == text


@given(some.lists(some.lists(TEXTS, min_size=2, max_size=4), min_size=1, max_size=4))
def test_any_table_comes_back_from_its_file(rows: list[list[str]]) -> None:
    file = b"".join(csv_pieces(rows)).decode("utf-8-sig")
    read = csv.reader(StringIO(file, newline=""), strict=True)

    assert [[as_typed(cell) for cell in row] for row in read] == rows


def test_a_file_comes_in_pieces() -> None:
    pieces = list(csv_pieces((["a", str(number)] for number in range(450)), size=200))

    assert len(pieces) == 3
    assert b"".join(pieces).decode("utf-8-sig").splitlines()[449] == "a,449"


@pytest.mark.parametrize("text", ["'quoted'", "plain", "", "a=b", "a = b", "’=curly"])
def test_what_no_spreadsheet_would_run_is_left_alone(text: str) -> None:
    assert harmless(text) == text
    assert as_typed(text) == text


def test_what_somebody_typed_without_a_guard_is_taken_as_it_is() -> None:
    assert as_typed("=cmd") == "=cmd"
