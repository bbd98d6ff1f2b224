"""Emoji are few, stand alone, and take no word’s place: a screen reader says the name of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from emoji import emoji_list

from publishing.checks.finding import Check, Found, Severity, Source
from publishing.checks.language.said import Said, texts_of
from publishing.composition import Composition

SOURCE = Source(
    "RNIB, Making your social media accessible",
    "https://www.rnib.org.uk/living-with-sight-loss/independent-living/accessible-social-media/",
)
MOST = 3
MOST_IN_A_ROW = 2
_SIGNS = frozenset("©®™‼⁉\u2139")
"""Read aloud as what they are."""


def check_emoji(composition: Composition, now: datetime) -> Iterator[Found]:
    for said in texts_of(composition):
        yield from _check_text(said)


def _check_text(said: Said) -> Iterator[Found]:
    places = [
        (int(each["match_start"]), int(each["match_end"]))
        for each in emoji_list(said.text)
        if str(each["emoji"])[0] not in _SIGNS
    ]
    about = "".join(said.text[start:end] for start, end in places)
    if len(places) > MOST:
        over = len(places) - MOST
        wish = f"Take {over} of the {len(places)} emoji out: a screen reader says each by its name"
    elif _longest_row(said.text, places) > MOST_IN_A_ROW:
        wish = "Do not put emoji in a row: a screen reader says each by its name"
    elif any(_takes_a_word_s_place(said.text, start, end) for start, end in places):
        wish = "Put emoji at the end of a sentence, and never in the place of a word"
    else:
        return
    yield Found(wish, about=about, field=said.field)


def _longest_row(text: str, places: list[tuple[int, int]]) -> int:
    longest = row = min(1, len(places))
    for (_, end), (start, _) in pairwise(places):
        row = row + 1 if not text[end:start].strip() else 1
        longest = max(longest, row)
    return longest


def _takes_a_word_s_place(text: str, start: int, end: int) -> bool:
    """A word before it, and a word in small letters after it: it stands within a sentence."""
    before, after = (
        text[max(0, start - 3) : start].rstrip(" "),
        text[end : end + 3].lstrip(" \ufe0f"),
    )
    return before[-1:].isalnum() and after[:1].islower()


CHECK = Check(
    key="emoji",
    title="Emoji are few and stand alone",
    find=check_emoji,
    severity=Severity.ADVISORY,
    source=SOURCE,
)
