"""Hashtags start each word with a capital letter, or a screen reader cannot read them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Check, Found, Severity, Source
from publishing.checks.language.said import texts_of
from publishing.composition import Composition
from publishing.hashtags import better, runs_together, tags_in

SOURCE = Source(
    "Government Communication Service, Making your social media accessible",
    "https://gcs.civilservice.gov.uk/guidance/digital-communication/planning-creating-and-publishing-accessible-social-media-campaigns/",
)


def check_hashtags(composition: Composition, now: datetime) -> Iterator[Found]:
    told: set[str] = set()
    names = [account.name for account in composition.accounts]
    for said in texts_of(composition):
        words = set(said.prose.split())
        for tag in tags_in(said.text):
            if tag in told or not runs_together(tag) or tag in words:
                continue
            told.add(tag)
            yield Found(_wish(tag, better(tag, names, said.text)), about=tag, field=said.field)


def _wish(tag: str, instead: str) -> str:
    wish = f"Start each word of #{tag[:60]} with a capital letter, so that it can be read aloud"
    return f"{wish}: write #{instead}" if instead else wish


CHECK = Check(
    key="hashtags",
    title="Hashtags can be read aloud",
    find=check_hashtags,
    severity=Severity.ADVISORY,
    source=SOURCE,
)
