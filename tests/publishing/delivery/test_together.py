"""Several threads ask at the same moment, and are answered as if each had asked alone."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from publishing.delivery.together import Together

THREADS = 8


class Counter:
    """Doubles numbers, and knows how it was asked. It is slow the first time, so others come."""

    def __init__(self) -> None:
        self.rounds: list[list[int]] = []
        self.alone: list[int] = []
        self.others_came = threading.Event()

    def one(self, number: int) -> int:
        self.alone.append(number)
        return 2 * number

    def several(self, numbers: Sequence[int]) -> list[tuple[int] | None]:
        self.rounds.append(list(numbers))
        if len(self.rounds) == 1:
            self.others_came.wait(5)
        return [(2 * number,) for number in numbers]


def _ask_at_once(counter: Counter, double: Together[int, int]) -> list[int]:
    with ThreadPoolExecutor(THREADS) as threads:
        asked = [threads.submit(double, number) for number in range(THREADS)]
        while len(double._waiting) + 1 < THREADS:
            pass
        counter.others_came.set()
        return [each.result(5) for each in asked]


def test_whoever_comes_while_one_is_at_it_is_taken_along_in_the_next_round() -> None:
    counter = Counter()
    answers = _ask_at_once(counter, Together(counter.one, counter.several))
    assert answers == [2 * number for number in range(THREADS)]
    assert [len(numbers) for numbers in counter.rounds] == [1, THREADS - 1]
    assert counter.alone == []


def test_nobody_waits_for_company() -> None:
    counter = Counter()
    counter.others_came.set()
    assert Together(counter.one, counter.several)(4) == 8
    assert counter.rounds == [[4]]


def test_what_is_left_out_is_asked_by_itself() -> None:
    counter = Counter()

    def without_three(numbers: Sequence[int]) -> list[tuple[int] | None]:
        return [None if number == 3 else (2 * number,) for number in numbers]

    double = Together(counter.one, without_three)
    assert [double(number) for number in (2, 3)] == [4, 6]
    assert counter.alone == [3]


def test_where_all_fail_at_once_each_is_asked_by_itself_and_only_its_own_trouble_is_its_own() -> (
    None
):
    counter = Counter()

    def one(number: int) -> int:
        if number == 3:
            raise ValueError("three")
        return counter.one(number)

    def fail(numbers: Sequence[int]) -> list[tuple[int] | None]:
        counter.several(numbers)
        raise RuntimeError("the database is away")

    double: Together[int, int] = Together(one, fail)
    with ThreadPoolExecutor(THREADS) as threads:
        asked = [threads.submit(double, number) for number in range(THREADS)]
        counter.others_came.set()
        for number, each in enumerate(asked):
            if number == 3:
                with pytest.raises(ValueError, match="three"):
                    each.result(5)
            else:
                assert each.result(5) == 2 * number
