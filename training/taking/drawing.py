"""Drawing the questions of a quiz, and judging what was answered. No database in here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from random import Random
from typing import TypeVar

Drawn = TypeVar("Drawn")


def draw(bank: Collection[Drawn], most: int, chance: Random) -> list[Drawn]:
    """`most` of the bank, none of them twice, in a random order; where it holds fewer, all."""
    return chance.sample(list(bank), min(most, len(bank)))


def shuffled(ids: Iterable[int], chance: Random) -> list[int]:
    given = list(ids)
    return chance.sample(given, len(given))


def is_right(chosen: Collection[int], right: Collection[int]) -> bool:
    """Every right answer and no other: half right is not right."""
    return set(chosen) == set(right)


def score_of(judged: Sequence[bool]) -> int:
    """Per cent of them that are right, rounded down: 2 of 3 are 66."""
    return sum(judged) * 100 // len(judged)


def tries_left(used: int, allowed: int | None) -> int | None:
    """None: as many as one likes."""
    return None if allowed is None else max(allowed - used, 0)


def in_order(ids: Iterable[int], named: dict[int, Drawn]) -> Iterator[Drawn]:
    """What the ids stand for, in their order."""
    return (named[each] for each in ids if each in named)
