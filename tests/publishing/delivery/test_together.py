"""Several threads ask at the same moment, and are answered as if each had asked alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from publishing.delivery import together
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


def test_who_has_an_answer_goes_at_once_though_the_next_round_is_under_way() -> None:
    third_may_end = threading.Event()
    rounds: list[list[int]] = []

    def several(numbers: Sequence[int]) -> list[tuple[int] | None]:
        rounds.append(list(numbers))
        others = {1: THREADS - 1, 2: 1}.get(len(rounds), 0)
        while len(double._waiting) < others:
            pass
        if len(rounds) == 3:
            third_may_end.wait(5)
        return [(2 * number,) for number in numbers]

    double: Together[int, int] = Together(lambda number: 2 * number, several)
    with ThreadPoolExecutor(THREADS + 1) as threads:
        first = [threads.submit(double, number) for number in range(THREADS)]
        while len(rounds) < 2:
            pass
        last = threads.submit(double, THREADS)
        answers = [each.result(5) for each in first]
        was_under_way = not last.done()
        third_may_end.set()
        assert last.result(5) == 2 * THREADS
    assert answers == [2 * number for number in range(THREADS)]
    assert [len(numbers) for numbers in rounds] == [1, THREADS - 1, 1]
    assert was_under_way


def test_nobody_waits_for_company_that_is_not_expected() -> None:
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


def test_a_round_waits_a_breath_for_those_who_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "BREATH_S", 5)
    counter = Counter()
    counter.others_came.set()
    double = Together(counter.one, counter.several, comes_back=lambda answer: True)
    out = threading.Event()

    def twice() -> None:
        double(1)
        out.set()
        time.sleep(0.05)
        double(2)

    with ThreadPoolExecutor(1) as other:
        done = other.submit(twice)
        out.wait(5)
        double(3)
        done.result(5)
    _, second = counter.rounds
    assert sorted(second) == [2, 3]


def test_a_round_does_not_wait_longer_for_one_who_stays_away() -> None:
    counter = Counter()
    counter.others_came.set()
    double = Together(counter.one, counter.several, comes_back=lambda answer: answer == 2)
    with ThreadPoolExecutor(1) as other:
        other.submit(double, 1).result(5)
        assert double(3) == 6
    assert counter.rounds == [[1], [3]]
