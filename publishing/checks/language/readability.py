"""How hard a text is to read: its sentences, and Flesch's reading ease.

Rudolf Flesch, A new readability yardstick, 1948: 206.835 - 1.015 × words for each sentence
- 84.6 × syllables for each word. 60 and more is plain English; below 30 is very difficult.
"""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…]+[”’\"')]*(?=\s|$)|\n+|[•●▪]")
_WORD = re.compile(r"[^\W_]+(?:[’'.,&-][^\W_]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_ENGLISH = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "can",
        "for",
        "from",
        "has",
        "have",
        "if",
        "in",
        "is",
        "it",
        "its",
        "not",
        "of",
        "on",
        "or",
        "our",
        "so",
        "that",
        "the",
        "their",
        "there",
        "they",
        "this",
        "to",
        "up",
        "upon",
        "was",
        "we",
        "were",
        "will",
        "with",
        "you",
        "your",
    ]
)
FEWEST_ENGLISH = 0.1
"""As many of the words are such small ones in any English text; in Welsh and Gaelic hardly any."""


def sentences(text: str) -> list[str]:
    """Split at full stops, question and exclamation marks, and at the ends of lines."""
    return [each.strip() for each in _END.split(text) if each.strip()]


def words(text: str) -> list[str]:
    return _WORD.findall(text)


def is_english(found: list[str]) -> bool:
    """Whether Flesch's figures mean anything for these words."""
    small = sum(word.lower() in _ENGLISH for word in found)
    return small >= FEWEST_ENGLISH * len(found)


def reading_ease(text: str) -> float:
    """Flesch's figure; 100 for a text without words."""
    found = words(text)
    if not found:
        return 100.0
    count = max(1, sum(1 for each in sentences(text) if words(each)))
    spoken = sum(syllables(word) for word in found)
    return 206.835 - 1.015 * len(found) / count - 84.6 * spoken / len(found)


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e; numbers and acronyms count as one."""
    if not word.isalpha() or word.isupper():
        return 1
    lower = word.lower()
    count = len(_VOWELS.findall(lower))
    if lower.endswith(("e", "es", "ed")) and not lower.endswith(("le", "les", "ted", "ded", "ee")):
        count -= 1
    return max(1, count)
