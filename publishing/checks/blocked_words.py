"""Words that the council never uses: swearing, insults, slurs, and those that it has added."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Check, Found, Source
from publishing.checks.language.said import everything_of, shortened
from publishing.checks.word_list import CouncilWords
from publishing.composition import Composition

SOURCE = Source(
    "Equality Act 2010, section 149: the public sector equality duty; and the council’s own list",
    "https://www.legislation.gov.uk/ukpga/2010/15/section/149",
)


def check_blocked_words(composition: Composition, now: datetime) -> Iterator[Found]:
    words = CouncilWords()
    for said in everything_of(composition):
        for used in words.blocked_in(said.text):
            yield Found(
                f"Find other words for “{shortened(used.written)}”. {used.reason}".strip(),
                about=used.entry,
                field=said.field,
            )


CHECK = Check(
    key="blocked_words",
    title="No word on the council’s list",
    find=check_blocked_words,
    source=SOURCE,
)
