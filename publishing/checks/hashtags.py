"""Hashtags start each word with a capital letter, or a screen reader cannot read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Check, Found, Severity, Source
from publishing.checks.language.said import texts_of
from publishing.composition import Composition

SOURCE = Source(
    "Government Communication Service, Making your social media accessible",
    "https://gcs.civilservice.gov.uk/guidance/digital-communication/planning-creating-and-publishing-accessible-social-media-campaigns/",
)
_HASHTAG = re.compile(r"(?<![\w&/])#(\w+)")
LONGEST_SINGLE_WORD = 10
"""A longer hashtag in small letters, or all in capitals, is most likely several words."""
LONGEST_PLACE = 16
_PLACE = re.compile(
    r"[A-Z][a-z]+(?:shire|borough|burgh|ampton|chester|field|mouth|ford|land|stead)"
)


def check_hashtags(composition: Composition, now: datetime) -> Iterator[Found]:
    told: set[str] = set()
    for said in texts_of(composition):
        words = set(said.prose.split())
        for tag in _HASHTAG.findall(said.text):
            if tag in told or not _runs_together(tag) or tag in words:
                continue
            told.add(tag)
            yield Found(
                f"Start each word of #{tag[:60]} with a capital letter, so that it can be read "
                "aloud",
                about=tag,
                field=said.field,
            )


def _runs_together(tag: str) -> bool:
    letters = "".join(letter for letter in tag if letter.isalpha())
    if len(letters) <= LONGEST_SINGLE_WORD or (len(tag) <= LONGEST_PLACE and _PLACE.fullmatch(tag)):
        return False
    return letters.isupper() or not any(letter.isupper() for letter in letters[1:])


CHECK = Check(
    key="hashtags",
    title="Hashtags can be read aloud",
    find=check_hashtags,
    severity=Severity.ADVISORY,
    source=SOURCE,
)
