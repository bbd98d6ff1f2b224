"""Figures are what they say they are."""

from __future__ import annotations

import pytest

from benchmarks.measure import figure, from_json, p95, rounds, table


def test_a_ratio_is_the_median_of_the_rounds() -> None:
    made = figure("x", [(1.0, 2.0), (9.0, 10.0), (3.0, 4.0)], unit="a second", at_least=0.5)
    assert made.ratio == 0.75
    assert (made.measured, made.limit) == (3.0, 4.0)
    assert made.rounds == (0.5, 0.9, 0.75)
    assert made.met


@pytest.mark.parametrize(("ratio", "met"), [(1.5, True), (1.6, False)])
def test_at_most_means_at_most(ratio: float, met: bool) -> None:
    assert figure("x", [(ratio, 1.0)], unit="ms", at_most=1.5).met is met


@pytest.mark.parametrize(("ratio", "met"), [(0.5, True), (0.4, False)])
def test_at_least_means_at_least(ratio: float, met: bool) -> None:
    assert figure("x", [(ratio, 1.0)], unit="ms", at_least=0.5).met is met


def test_the_95th_percentile_leaves_out_the_slowest_of_twenty() -> None:
    assert p95([*range(1, 95), 1000, 95, 96, 97, 98, 99]) == 96
    assert p95([3.0]) == 3.0


def test_the_first_round_warms_up_and_does_not_count() -> None:
    given = iter([(100.0, 1.0), (1.0, 2.0), (2.0, 2.0)])
    assert rounds(lambda: next(given), 2) == [(1.0, 2.0), (2.0, 2.0)]


def test_a_figure_survives_its_file() -> None:
    made = figure("x", [(1.0, 2.0)], unit="ms", at_most=1, note="words")
    assert from_json(made.as_json()) == made


def test_the_table_says_where_an_aim_is_missed() -> None:
    made = [
        figure("quick", [(1.0, 2.0)], unit="ms", at_most=1),
        figure("slow", [(3.0, 2.0)], unit="ms", at_most=1, note="why"),
        figure("told", [(3.0, 2.0)], unit="ms"),
    ]
    _, quick, slow, note, told = table(made).splitlines()
    assert "at most 1: met" in quick
    assert "NOT MET" in slow
    assert note.strip() == "why"
    assert "for information  [ms]" in told
