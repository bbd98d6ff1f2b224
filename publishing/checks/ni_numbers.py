"""National Insurance numbers: two letters, six digits, and A, B, C or D."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Check, Found, Source
from publishing.checks.language.said import everything_of
from publishing.composition import Composition

SOURCE = Source(
    "HMRC, National Insurance Manual NIM39110: the format of a National Insurance number",
    "https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110",
)
_NUMBER = re.compile(
    r"(?<![^\W_])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"[ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-D](?![^\W_])",
    re.IGNORECASE | re.ASCII,
)


def check_ni_numbers(composition: Composition, now: datetime) -> Iterator[Found]:
    for said in everything_of(composition):
        for match in _NUMBER.finditer(said.text):
            yield Found(
                f"Take out the National Insurance number that begins {match[0][:2].upper()}",
                about=match[0].upper(),
                field=said.field,
            )


CHECK = Check(
    key="ni_numbers",
    title="No National Insurance number",
    find=check_ni_numbers,
    source=SOURCE,
)
