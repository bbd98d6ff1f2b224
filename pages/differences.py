"""How two texts differ, word by word: for versions of posts and of policies."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row that are in both texts, or only in the new, or only in the old one."""

    kind: Change
    text: str


def words_changed(old: str, new: str) -> tuple[Piece, ...]:
    """A difference word by word; spaces and line ends belong to the word before them."""
    before, after = _words(old), _words(new)
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Change.SAME, "".join(before[i1:i2])))
            continue
        pieces += replaced("".join(before[i1:i2]), "".join(after[j1:j2]))
    return tuple(pieces)


def lines_changed(old: str, new: str) -> tuple[Piece, ...]:
    """The same for long texts: word by word only within the lines that differ.

    The time grows with the number of lines squared, not with that of words.
    """
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        was, now = "".join(before[i1:i2]), "".join(after[j1:j2])
        pieces += (Piece(Change.SAME, was),) if tag == "equal" else words_changed(was, now)
    return tuple(pieces)


def replaced(old: str, new: str) -> tuple[Piece, ...]:
    """What is instead of what; nothing of an empty text."""
    pieces = (Piece(Change.REMOVED, old), Piece(Change.ADDED, new))
    return tuple(piece for piece in pieces if piece.text)


def _words(text: str) -> list[str]:
    return re.findall(r"\S+\s*|\s+", text)
