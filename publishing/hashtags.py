"""Hashtags of several words: which have to be told apart, and how each is written readably.

The check and the form's help both ask here, so that what the one finds the other mends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

import wordninja

TAG = re.compile(r"(?<![\w&/])#(\w+)")
LONGEST_SINGLE_WORD = 10
"""A longer hashtag in small letters, or all in capitals, is most likely several words."""
LONGEST_PLACE = 16
SHORTEST_KNOWN = 4
"""Shorter words fit into almost anything: only those below are taken for words."""
MOST_LETTERS = 60
"""Of a hashtag that is looked up in the list of words: a text of one would take seconds."""
MOST_LOOKED_AT = 100
"""Hashtags of a text: of thousands, each preview would take as long."""
_PLACE = re.compile(
    r"[A-Z][a-z]+(?:shire|borough|burgh|ampton|chester|field|mouth|ford|land|stead)"
)
_SHORT_WORDS = """
a add age aid air all any art ask at be bed big bin bus by can car cat city day dog dry eat
end eye fit for fun get go hub in is it job kid map may men my new no not of off old on one or
our out own park pay pet red run say sea see st sun tea the tip to top two up us use walk war
way we web wet who you zoo
"""
_PARTS = re.compile(r"([\d_]+)")
_SHORT = frozenset(_SHORT_WORDS.split())
_INITIALS = re.compile(r"(?<!\w)[A-Z]{2,5}(?!\w)")
_NAME = re.compile(r"(?<!\w)[A-Z][a-z]{3,}")


def tags_in(text: str) -> list[str]:
    """The first hashtags of `text` without their #, each once, in order."""
    found = dict.fromkeys(islice((match[1] for match in TAG.finditer(text)), MOST_LOOKED_AT))
    return list(found)


def runs_together(tag: str) -> bool:
    """Whether its words cannot be told apart by their capitals, as a screen reader tries to."""
    letters = _letters(tag)
    if len(letters) <= LONGEST_SINGLE_WORD or (len(tag) <= LONGEST_PLACE and _PLACE.fullmatch(tag)):
        return False
    return _has_no_capitals_within(letters) and not _is_one_word(letters)


def better(tag: str, names: Iterable[str] = (), text: str = "") -> str:
    """`tag` with a capital for each of its words; nothing where it has them, or nobody can tell.

    `names` are those of the post's accounts, whose words no list needs to know. What they or the
    `text` write in capitals, such as NHS, stays so.
    """
    if len(tag) > MOST_LETTERS or not _has_no_capitals_within(_letters(tag)):
        return ""
    around = [*names, text]
    called = {word.lower() for each in around[:-1] for word in _NAME.findall(each)}
    initials = {word.lower() for each in around for word in _INITIALS.findall(each)}
    parts = _PARTS.split(tag)
    words = [[part] if at % 2 else _words(part.lower(), called) for at, part in enumerate(parts)]
    if not all(_can_be_told(found, called | initials) for found in words):
        return ""
    written = "".join(_written(word, initials) for found in words for word in found)
    several = sum(len(found) for found in words[::2]) > 1
    return written if several and written != tag else ""


def put_better(text: str, tag: str, instead: str) -> str:
    """`text` with that hashtag written differently, wherever it stands; other words stay."""
    return TAG.sub(lambda found: f"#{instead}" if found[1] == tag else found[0], text)


def _letters(tag: str) -> str:
    return "".join(letter for letter in tag if letter.isalpha())


def _has_no_capitals_within(letters: str) -> bool:
    return letters.isupper() or not any(letter.isupper() for letter in letters[1:])


def _is_one_word(letters: str) -> bool:
    if len(letters) > MOST_LETTERS or not letters.isascii():
        return False
    return len(wordninja.split(letters.lower())) == 1


def _words(letters: str, called: set[str]) -> list[str]:
    """The words that these letters run together, names first."""
    if not letters:
        return []
    if not letters.isascii():
        return [letters]
    if not called:
        return wordninja.split(letters)
    longest_first = "|".join(sorted(called, key=len, reverse=True))
    pieces = re.split(f"({longest_first})", letters)
    return [
        word
        for at, piece in enumerate(pieces)
        for word in ([piece] if at % 2 else wordninja.split(piece))
    ]


def _can_be_told(words: list[str], known: set[str]) -> bool:
    """Whether each is surely a word: where letters are left over, the list did not know one."""
    return len(words) < 2 or all(
        len(word) >= SHORTEST_KNOWN or word in _SHORT or word in known for word in words
    )


def _written(word: str, initials: set[str]) -> str:
    return word.upper() if word in initials else word[:1].upper() + word[1:]
