"""Hashtags start each word with a capital letter, or a screen reader cannot read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Check, Found, Severity, Source
from publishing.composition import Composition

SOURCE = Source(
    "Government Communication Service, Making your social media accessible",
    "https://gcs.civilservice.gov.uk/guidance/digital-communication/planning-creating-and-publishing-accessible-social-media-campaigns/",
)
_HASHTAG = re.compile(r"(?<![\w&/])#(\w+)")
LONGEST_SINGLE_WORD = 10
"""A longer hashtag in small letters is most likely several words."""


def check_hashtags(composition: Composition, now: datetime) -> Iterator[Found]:
    told: set[str] = set()
    for part in composition.parts:
        for tag in _HASHTAG.findall(part.text):
            if tag in told or len(tag) <= LONGEST_SINGLE_WORD or any(c.isupper() for c in tag[1:]):
                continue
            told.add(tag)
            yield Found(
                f"Start each word of #{tag} with a capital letter, so that it can be read aloud",
                about=tag,
                field=part.text_field,
            )


CHECK = Check(
    key="hashtags",
    title="Hashtags can be read aloud",
    find=check_hashtags,
    severity=Severity.ADVISORY,
    source=SOURCE,
)
