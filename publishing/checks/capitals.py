"""Words in capitals read as shouting, are harder to read, and may be spelt out letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Check, Found, Severity, Source
from publishing.checks.language.said import Said, shortened, texts_of
from publishing.composition import Composition

SOURCE = Source(
    "GOV.UK, Style guide: do not use block capitals",
    "https://www.gov.uk/guidance/style-guide/a-to-z",
)
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_ENDS_A_ROW = re.compile(r"[^\s]*[.,;:!?/()–—|\n]")
LONGEST_ACRONYM = 4
_LONG_ACRONYMS = frozenset(
    [
        "RSPCA",
        "UNICEF",
        "UNESCO",
        "DEFRA",
        "OFSTED",
        "OFCOM",
        "OFGEM",
        "OFWAT",
        "BAFTA",
        "COVID",
        "CAMHS",
        "DVLA",
        "LGBTQ",
        "LGBTQI",
        "LGBTQIA",
        "MAPPA",
        "MARAC",
        "SENCO",
        "SENDIASS",
        "NASUWT",
        "UNISON",
        "BREXIT",
    ]
)
_SHORT_WORDS = frozenset(
    [
        "A",
        "ALL",
        "AND",
        "ANY",
        "ARE",
        "AT",
        "BE",
        "BIG",
        "BUT",
        "BY",
        "CALL",
        "CAN",
        "COME",
        "DAY",
        "DO",
        "DONT",
        "DON’T",
        "DON'T",
        "FOR",
        "FREE",
        "FROM",
        "GET",
        "GO",
        "HAS",
        "HAVE",
        "HELP",
        "HERE",
        "IN",
        "IS",
        "IT",
        "JOIN",
        "LAST",
        "LATE",
        "MISS",
        "MORE",
        "MUST",
        "NEW",
        "NEXT",
        "NO",
        "NOT",
        "NOW",
        "OF",
        "OFF",
        "ON",
        "ONE",
        "ONLY",
        "OPEN",
        "OR",
        "OUR",
        "OUT",
        "OVER",
        "PARK",
        "READ",
        "ROAD",
        "SALE",
        "SAVE",
        "STOP",
        "THAT",
        "THE",
        "THIS",
        "TIME",
        "TO",
        "UP",
        "WARN",
        "WE",
        "WEEK",
        "WHAT",
        "WHEN",
        "WILL",
        "WITH",
        "YES",
        "YOU",
        "YOUR",
    ]
)
MOST_WORDS = 2


def check_capitals(composition: Composition, now: datetime) -> Iterator[Found]:
    for said in texts_of(composition):
        rows = [" ".join(row) for row in _rows(said) if _is_shouted(row)]
        if rows:
            yield Found(
                f"Write “{shortened(rows[0])}” in small letters: capitals read as shouting",
                about=" ".join(rows),
                field=said.field,
            )


def _rows(said: Said) -> Iterator[list[str]]:
    """Words in capitals that follow one another, without a comma or full stop between them."""
    row: list[str] = []
    end, prose = 0, said.prose
    for match in _WORD.finditer(prose):
        if row and _ENDS_A_ROW.match(prose[end : match.start()]):
            yield row
            row = []
        end = match.end()
        word = match[0]
        if any(letter.isdigit() for letter in word):
            continue
        if word.isupper() and (len(word) > 1 or row):
            row.append(word)
        elif row:
            yield row
            row = []
    yield row


def _is_shouted(row: list[str]) -> bool:
    """Acronyms may follow one another; a row of ordinary words is shouted."""
    ordinary = sum(_is_ordinary(word) for word in row)
    return ordinary >= MOST_WORDS or (len(row) > MOST_WORDS and ordinary > 0)


def _is_ordinary(word: str) -> bool:
    if word in _SHORT_WORDS:
        return True
    return len(word) > LONGEST_ACRONYM and word not in _LONG_ACRONYMS


CHECK = Check(
    key="capitals",
    title="No words are shouted in capitals",
    find=check_capitals,
    severity=Severity.ADVISORY,
    source=SOURCE,
)
