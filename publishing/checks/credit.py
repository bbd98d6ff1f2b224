"""The words that a picture’s licence asks for stand in the text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Check, Found, Severity, Source
from publishing.checks.people import pictures_known
from publishing.composition import Composition


def check_credit(composition: Composition, now: datetime) -> Iterator[Found]:
    for name, _, item in pictures_known(composition):
        if item is None or not item.credit:
            continue
        if any(item.credit not in part.as_sent for part in composition.parts):
            yield Found(
                f"{name}: its licence asks for a credit. Add “{item.credit}” to the text",
                about=f"{item.digest} {item.credit}",
                field="text",
            )


CHECK = Check(
    key="credit",
    title="Pictures are credited as their licence asks",
    find=check_credit,
    severity=Severity.ADVISORY,
    source=Source(
        "Copyright, Designs and Patents Act 1988, section 77",
        "https://www.legislation.gov.uk/ukpga/1988/48/section/77",
    ),
)
