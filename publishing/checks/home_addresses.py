"""Where somebody lives: a house number and street with a postcode.

A postcode alone is a street, and a library or hall is no home.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from publishing.checks.allowed import allowed_texts, bare
from publishing.checks.email_addresses import SOURCE
from publishing.checks.finding import Check, Found, Severity
from publishing.checks.language.said import everything_of
from publishing.composition import Composition

_POSTCODE = re.compile(
    r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]?[ \t]?\d[A-Z]{2}(?!\w)", re.IGNORECASE | re.ASCII
)
_HOUSE = re.compile(
    r"(?<![\w£.])\d{1,4}[a-z]?,?\s+(?:[a-z][\w’'-]{0,30}\s+){1,3}(?:street|st|road|rd|lane|ln|"
    r"avenue|ave|close|drive|dr|way|crescent|court|place|gardens|terrace|grove|hill|walk|mews|park|"
    r"square|row|rise|view|green|parade|end|yard|wynd|brae|heol|stryd|ffordd)(?!\w)",
    re.IGNORECASE,
)
_VENUE = re.compile(
    r"(?<!\w)(?:library|llyfrgell|hall|neuadd|cent(?:re|er)|canolfan|hub|school|ysgol|college|"
    r"church|chapel|mosque|temple|synagogue|office|museum|gallery|theatre|cinema|surgery|pharmacy|"
    r"hospital|clinic|caf[eé]|pub|inn|hotel|shop|market|station|depot|pool|gym|clubhouse|club|"
    r"pavilion|reception|courts?|headquarters|premises|car park)(?:e?s)?(?!\w)",
    re.IGNORECASE,
)
REACH = 120
"""A postcode so far behind the street belongs to it."""


def check_home_addresses(composition: Composition, now: datetime) -> Iterator[Found]:
    allowed: frozenset[str] | None = None
    for said in everything_of(composition):
        for match in _POSTCODE.finditer(said.text):
            before = said.text[max(0, match.start() - REACH) : match.start()]
            house = _HOUSE.search(before)
            # A place that is open to everybody is named just before its address.
            if not house or _VENUE.search(before[: house.start()]):
                continue
            allowed = allowed_texts() if allowed is None else allowed
            if bare(match[0]) in allowed:
                continue
            yield Found(
                f"Leave the house number out before {match[0].upper()}: it says where somebody "
                "lives",
                about=before + match[0],
                field=said.field,
            )


CHECK = Check(
    key="home_addresses",
    title="No person’s home address",
    find=check_home_addresses,
    severity=Severity.ADVISORY,
    source=SOURCE,
)
