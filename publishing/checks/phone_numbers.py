"""Telephone numbers that may be somebody’s own.

The shape is Ofcom’s National Telephone Numbering Plan: mobiles (07), and numbers of places (01
and 02) that are not on the council’s list (`publishing.checks.allowed`). Numbers for services (03,
08, 09, 999, 101, 111, 116 123) belong to no person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from publishing.checks.allowed import allowed_texts
from publishing.checks.email_addresses import SOURCE
from publishing.checks.finding import Check, Found, Severity
from publishing.checks.language.said import everything_of
from publishing.composition import Composition

_NUMBER = re.compile(r"(?<![\w.,£/-])\(?(?:\+44|0044|0)[\d \t().-]{8,16}\d(?![\w/])")
_PERSONAL = re.compile(r"0(?:7\d{9}|[12]\d{8,9})")


def check_phone_numbers(composition: Composition, now: datetime) -> Iterator[Found]:
    allowed: frozenset[str] | None = None
    for said in everything_of(composition):
        for match in _NUMBER.finditer(said.text):
            digits = digits_of(match[0])
            if not _PERSONAL.fullmatch(digits):
                continue
            if allowed is None:
                allowed = frozenset(digits_of(text) for text in allowed_texts())
            if digits in allowed:
                continue
            yield Found(
                f"Take out the number that ends in {digits[-3:]}, or give a number of the council: "
                "it may be a person’s own",
                about=digits,
                field=said.field,
            )


def digits_of(text: str) -> str:
    """As dialled in the United Kingdom: “+44 (0)7700 900123” is 07700900123."""
    digits = "".join(letter for letter in text if letter.isascii() and letter.isdigit())
    if text.lstrip("( ").startswith(("+44", "0044")):
        digits = "0" + digits.removeprefix("00").removeprefix("44").removeprefix("0")
    return digits


CHECK = Check(
    key="phone_numbers",
    title="No person’s telephone number",
    find=check_phone_numbers,
    severity=Severity.ADVISORY,
    source=SOURCE,
)
