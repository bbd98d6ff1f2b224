"""Letters that only look like letters, and characters that nobody sees.

Bold, script and circled “letters” are mathematical or enclosed symbols, told by their Unicode
blocks: a screen reader says the name of each or nothing at all, and no search finds them. Hidden
characters break words and turn text round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Check, Found, Severity, Source
from publishing.checks.language.said import Said, everything_of, shortened
from publishing.composition import Composition

SOURCE = Source(
    "Government Communication Service, Making your social media accessible",
    "https://gcs.civilservice.gov.uk/guidance/digital-communication/planning-creating-and-publishing-accessible-social-media-campaigns/",
)
_POSING = re.compile(
    "["
    "\U0001d400-\U0001d7ff"  # Mathematical Alphanumeric Symbols
    "\U0001f110-\U0001f169"  # Enclosed Alphanumeric Supplement: in brackets, circles and squares
    "\U0001f172-\U0001f17d\U0001f180-\U0001f18d"  # the same, without the emoji for blood groups
    "\u2474-\u24ff"  # Enclosed Alphanumerics, without the circled numbers
    "\uff10-\uff5a"  # Fullwidth Forms
    "\u210a-\u2113\u2115\u2118-\u211d\u2124\u2128\u212c-\u2138"  # Letterlike Symbols
    "]+"
)
_SMALL_CAPITALS = re.compile(
    "[\u1d00-\u1d2b\u0280\u029c\u029f\u0274\u0299\u0262\u026a\u028f\ua730\ua731]{2,}"
)
_HIDDEN = re.compile("(?<=[^\\W\\d_])[\u200b\u200c\u200d\u2060\u00ad\ufeff]+(?=[^\\W\\d_])")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufeff]")
_JOINED_SCRIPTS = re.compile("[\u0600-\u0dff]")
_STACKED = re.compile("[\u0300-\u036f\u0489]{3,}")


def check_odd_letters(composition: Composition, now: datetime) -> Iterator[Found]:
    for said in everything_of(composition):
        yield from _check_text(said)


def _check_text(said: Said) -> Iterator[Found]:
    for pattern in (_POSING, _SMALL_CAPITALS, _STACKED):
        if match := pattern.search(said.text):
            yield Found(
                f"Write “{shortened(said.text[match.start() : match.start() + 30])}” in ordinary "
                "letters: a screen reader cannot read these",
                about=match[0],
                field=said.field,
            )
    # Persian and the scripts of India need such joiners, and Arabic and Hebrew those marks.
    hides = _HIDDEN.search(said.text) and not _JOINED_SCRIPTS.search(said.text)
    turns = _TURNING.search(said.text) and not _RIGHT_TO_LEFT.search(said.text)
    if hides or turns:
        yield Found(
            "Type the text again by hand: it holds characters that nobody sees, which break words",
            about="hidden",
            field=said.field,
        )


CHECK = Check(
    key="odd_letters",
    title="All letters are ordinary letters",
    find=check_odd_letters,
    severity=Severity.ADVISORY,
    source=SOURCE,
)
