"""Whatever the bank and the answers: nothing is drawn twice, and the score is what it says."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from training.taking.drawing import draw, is_right, score_of, shuffled, tries_left

banks = st.lists(st.integers(1, 10_000), unique=True, max_size=60)
chances = st.integers().map(Random)


@given(banks, st.integers(0, 80), chances)
def test_a_draw_has_no_repeats_and_is_as_long_as_asked_where_the_bank_allows(
    bank: list[int], most: int, chance: Random
) -> None:
    drawn = draw(bank, most, chance)

    assert len(drawn) == len(set(drawn)) == min(most, len(bank))
    assert set(drawn) <= set(bank)


@given(banks, chances)
def test_shuffling_loses_and_adds_nothing(ids: list[int], chance: Random) -> None:
    assert sorted(shuffled(ids, chance)) == sorted(ids)


def test_every_question_and_every_order_comes_up() -> None:
    chance = Random(5)  # noqa: S311 - a test that comes out the same

    assert {each for _ in range(100) for each in draw(range(10), 3, chance)} == set(range(10))
    assert len({tuple(shuffled([1, 2, 3], chance)) for _ in range(100)}) == 6


@given(st.lists(st.booleans(), min_size=1, max_size=200))
def test_the_score_is_never_rounded_up(judged: list[bool]) -> None:
    score = score_of(judged)

    assert score * len(judged) <= 100 * sum(judged) < (score + 1) * len(judged)
    assert (score == 100) == all(judged)


def test_two_of_three_are_66_per_cent() -> None:
    assert score_of([True, True, False]) == 66


@given(st.sets(st.integers(1, 6)), st.sets(st.integers(1, 6)))
def test_an_answer_is_right_only_with_every_right_one_and_no_other(
    chosen: set[int], right: set[int]
) -> None:
    assert is_right(list(chosen), list(right)) == (not chosen ^ right)


def test_tries_run_out_or_never() -> None:
    assert [tries_left(used, 2) for used in (0, 1, 2, 3)] == [2, 1, 0, 0]
    assert tries_left(99, None) is None
