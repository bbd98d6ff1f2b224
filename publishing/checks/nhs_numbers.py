"""NHS numbers: ten digits of which the last is a checksum, so that few others look like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from stdnum.gb import nhs

from publishing.checks.finding import Check, Found, Source
from publishing.checks.language.said import everything_of
from publishing.composition import Composition

SOURCE = Source(
    "NHS Data Dictionary: NHS number",
    "https://www.datadictionary.nhs.uk/attributes/nhs_number.html",
)
_NUMBER = re.compile(r"(?<![\w£#+./-])[34679]\d{2}([ -]?)\d{3}\1\d{4}(?![\w-])", re.ASCII)


def check_nhs_numbers(composition: Composition, now: datetime) -> Iterator[Found]:
    for said in everything_of(composition):
        for match in _NUMBER.finditer(said.text):
            if nhs.is_valid(match[0]):
                yield Found(
                    f"Take out the number that ends in {match[0][-3:]}: it may be an NHS number",
                    about=nhs.compact(match[0]),
                    field=said.field,
                )


CHECK = Check(key="nhs_numbers", title="No NHS number", find=check_nhs_numbers, source=SOURCE)
