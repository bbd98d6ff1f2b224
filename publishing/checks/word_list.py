"""The words that are not to be used: those that come with us, and what the council has changed.

`words.csv` is our own work for the United Kingdom: a word or phrase, its kind, and the reason that
whoever uses it reads. `WordRule` adds words to it, and exceptions that take words off it: a name
in which a listed word stands may be used as a whole.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from publishing.checks.language.tokens import Match, Words, tokens
from publishing.models import WordRule, WordRuleKind

OUTDATED = "outdated"
"""The kind of words for which there are better ones."""
ALLOWED = "allowed"
"""The kind of names and phrases in which a listed word is right."""
_FILE = Path(__file__).with_name("words.csv")


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list that comes with us."""

    words: str
    kind: str
    reason: str


@cache
def shipped() -> tuple[Listed, ...]:
    """The list that comes with us, in the order of the alphabet."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(Listed(**line) for line in csv.DictReader(file))


@cache
def _matcher(is_outdated: bool) -> tuple[Words, Mapping[str, str]]:
    said = [line for line in shipped() if line.kind != ALLOWED]
    lines = [line for line in said if (line.kind == OUTDATED) is is_outdated]
    reasons = {line.words: line.reason for line in lines}
    return Words(reasons), reasons


@dataclass(frozen=True, slots=True)
class Used:
    """A listed word that a text uses, as written there, and what is wrong with it."""

    entry: str
    written: str
    reason: str


class CouncilWords:
    """What the council has added and allowed, read once: one query."""

    def __init__(self) -> None:
        rules = list(WordRule.objects.filter(removed_at__isnull=True))
        blocked = [rule for rule in rules if rule.kind == WordRuleKind.BLOCKED]
        self.reasons = {rule.text: rule.reason for rule in blocked}
        self.added = Words(self.reasons)
        excepted = [rule.text for rule in rules if rule.kind == WordRuleKind.EXCEPTION]
        with_us = [line.words for line in shipped() if line.kind == ALLOWED]
        self.allowed = Words([*with_us, *excepted])

    def blocked_in(self, text: str) -> Iterator[Used]:
        """Words that are not to be used, and those that the council added."""
        words, reasons = _matcher(is_outdated=False)
        yield from self._used(text, words, reasons)
        yield from self._used(text, self.added, self.reasons)

    def outdated_in(self, text: str) -> Iterator[Used]:
        """Words for which there are better ones."""
        yield from self._used(text, *_matcher(is_outdated=True))

    def _used(self, text: str, words: Words, reasons: Mapping[str, str]) -> Iterator[Used]:
        found = tokens(text)
        free = {place for match in self.allowed.among(found) for place in _places(match)}
        for match in words.among(found):
            if not free.issuperset(_places(match)):
                yield Used(match.entry, match.written, reasons[match.entry])


def _places(match: Match) -> range:
    return range(match.first, match.last + 1)
