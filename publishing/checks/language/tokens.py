"""Words in a row, and finding listed words and phrases among them, however they are spelt.

Whole words only: “Scunthorpe” holds no other word. Letters that digits and signs stand for
(“sh1t”, “f*ck”), and letters with gaps between them (“f u c k”), are read as what they stand for.
The work grows with the length of the text, not with that of the list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_TOKEN = re.compile(r"[\w@$*!€]+(?:[’'][\w]+)*")
_STANDS_FOR = str.maketrans("013457@$!€", "oieastasie")
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "’s", "'s")
LONGEST_PHRASE = 6
_FEWEST_SPACED = 4


@dataclass(frozen=True, slots=True)
class Token:
    """A word as written, the forms in which it may stand in a list, and its place in the text."""

    written: str
    forms: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """What of a list was found: its entry, and the words of the text from `first` to `last`."""

    entry: str
    written: str
    first: int
    last: int


def tokens(text: str) -> list[Token]:
    found = (
        Token(match[0], forms_of(match[0]), match.start(), match.end())
        for match in _TOKEN.finditer(text)
    )
    return list(_closed_up([token for token in found if token.forms]))


def forms_of(written: str) -> tuple[str, ...]:
    """As written in small letters; and what its digits and signs stand for."""
    plain = unicodedata.normalize("NFKC", written).lower().replace("’", "'").rstrip("!*")
    if not any(each.isalpha() for each in plain):
        return (plain,) if plain else ()
    # “P155” is a form and “sh1t” is not: most of a disguised word is letters still.
    if 2 * sum(each.isalpha() for each in plain) < len(plain):
        return (plain,)
    read = plain.translate(_STANDS_FOR)
    return (plain,) if read == plain else (plain, read)


class Words:
    """A list of words and phrases, each with the forms that it takes at its end."""

    def __init__(self, entries: Iterable[str]) -> None:
        self.entries: Mapping[str, str] = {
            form: entry for entry in entries for form in _inflected(entry)
        }
        self._begin = {form.partition(" ")[0] for form in self.entries}
        single = [form for form in self.entries if " " not in form]
        self._by_frame: dict[tuple[str, int], list[str]] = {}
        for form in single:
            self._by_frame.setdefault((form[:1], len(form)), []).append(form)

    def among(self, found: list[Token]) -> Iterator[Match]:
        """Every place where one of them stands, the longest at each."""
        for first, token in enumerate(found):
            # Few words begin anything on a list: the rest is not looked at more closely.
            is_candidate = "*" in token.written or not self._begin.isdisjoint(token.forms)
            if is_candidate and (match := self._at(found, first)):
                yield match

    def _at(self, found: list[Token], first: int) -> Match | None:
        for size in range(min(LONGEST_PHRASE, len(found) - first), 0, -1):
            row = found[first : first + size]
            if entry := self._entry(row):
                written = " ".join(token.written for token in row)
                return Match(entry, written, first, first + size - 1)
        return None

    def _entry(self, row: list[Token]) -> str | None:
        for which in (0, -1):
            entry = self.entries.get(" ".join(token.forms[which] for token in row))
            if entry:
                return entry
        return self._masked(row[0].forms[-1]) if len(row) == 1 else None

    def _masked(self, form: str) -> str | None:
        """“f*ck”: each star in a word stands for one letter."""
        if "*" not in form or len(form) - form.count("*") < 2:
            return None
        for other in self._by_frame.get((form[:1], len(form)), ()):
            if all(a in ("*", b) for a, b in zip(form, other, strict=True)):
                return self.entries[other]
        return None


def _inflected(entry: str) -> Iterator[str]:
    plain = " ".join(token.forms[0] for token in tokens(entry)[:LONGEST_PHRASE])
    if plain:
        yield plain
        yield from (plain + ending for ending in _ENDINGS)


def _closed_up(found: list[Token]) -> Iterator[Token]:
    """Four and more letters in a row that stand alone are one word."""
    run: list[Token] = []
    for token in found:
        is_single = len(token.forms[0]) == 1
        if is_single and (not run or token.start - run[-1].end <= 2):
            run.append(token)
            continue
        yield from _one_word(run)
        run = [token] if is_single else []
        if not is_single:
            yield token
    yield from _one_word(run)


def _one_word(run: list[Token]) -> Iterator[Token]:
    if len(run) < _FEWEST_SPACED:
        yield from run
        return
    written = "".join(token.written for token in run)
    yield Token(written, forms_of(written), run[0].start, run[-1].end)
