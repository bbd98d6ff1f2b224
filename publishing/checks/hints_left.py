"""What a template left open in [square brackets] is filled in before the post leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Check, Found
from publishing.checks.language.said import Said, everything_of, shortened
from publishing.composition import Composition

LONGEST = 100
_BRACKETS = re.compile(rf"\[([^\[\]\n]{{1,{LONGEST}}})\]")
_EDITORIAL = frozenset(
    [
        "abridged", "ad", "audio", "bsl", "corrected", "correction", "cymraeg", "edited", "english",
        "gaelic", "gàidhlig", "gift", "laughs", "laughter", "live", "pdf", "photo", "picture",
        "scots", "sic", "sold out", "thread", "update", "updated", "video", "welsh",
    ]
)  # fmt: skip
"""What editors put into square brackets: nobody fills it in."""


def hints_in(text: str) -> list[str]:
    """What still has to be filled in, with its brackets, in order and each once.

    Figures alone, as in “[1/3]”, and the words of editors, as in “[sic]”, are no hints.
    """
    found = (match[0] for match in _BRACKETS.finditer(text) if _is_hint(match[1]))
    return list(dict.fromkeys(found))


def check_hints_left(composition: Composition, now: datetime) -> Iterator[Found]:
    for said in [*everything_of(composition), Said(composition.link, "link")]:
        for hint in hints_in(said.text):
            yield Found(
                f"Fill in “{shortened(hint)}”, or take it out. If people are to read it, "
                "put it into round brackets",
                about=hint,
                field=said.field,
            )


def _is_hint(inside: str) -> bool:
    words = " ".join(inside.casefold().split())
    return any(letter.isalpha() for letter in words) and words not in _EDITORIAL


CHECK = Check(
    key="hints_left",
    title="Every hint in square brackets is filled in",
    find=check_hints_left,
    is_fixed=True,
)
