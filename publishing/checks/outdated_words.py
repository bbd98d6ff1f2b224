"""Words about people for which there are better ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Check, Found, Severity, Source
from publishing.checks.language.said import everything_of, shortened
from publishing.checks.word_list import CouncilWords
from publishing.composition import Composition

SOURCE = Source(
    "Cabinet Office, Inclusive language: words to use and avoid when writing about disability",
    "https://www.gov.uk/government/publications/inclusive-communication/inclusive-language-words-to-use-and-avoid-when-writing-about-disability",
)


def check_outdated_words(composition: Composition, now: datetime) -> Iterator[Found]:
    words = CouncilWords()
    for said in everything_of(composition):
        for used in words.outdated_in(said.text):
            yield Found(
                f"Think again about “{shortened(used.written)}”. {used.reason}",
                about=used.entry,
                field=said.field,
            )


CHECK = Check(
    key="outdated_words",
    title="People are spoken of with respect",
    find=check_outdated_words,
    severity=Severity.ADVISORY,
    source=SOURCE,
)
