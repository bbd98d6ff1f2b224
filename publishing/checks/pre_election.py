"""Before a poll: what names somebody who stands, or touches the election, is asked about.

The same posts need the Monitoring Officer's check (`publishing.routes.by_election`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Check, Found, Severity, Source
from publishing.composition import Composition
from publishing.elections.packs import pack_of
from publishing.elections.windows import all_folded, goes_out_at, windows_from

SOURCE = Source(
    "Code of Recommended Practice on Local Authority Publicity (2011), paragraphs 33 to 35",
    "https://www.gov.uk/government/publications/"
    "recommended-code-of-practice-for-local-authority-publicity",
)


def check_pre_election(composition: Composition, now: datetime) -> Iterator[Found]:
    at = goes_out_at(composition.publish_at, now)
    windows = [window for window in windows_from(now) if window.covers(at)]
    if not windows:
        return
    said = all_folded(texts_of(composition))
    accounts = {account.pk for account in composition.accounts}
    for window in windows:
        pack = pack_of(window.period.nation)
        for touched in window.touched_by(said, accounts):
            yield Found(
                f"The Monitoring Officer checks this post: {touched.because}. Say why it may go "
                f"out before the poll, or change it. {pack.allowed}",
                about=f"{window.period.pk} {touched.kind} {touched.what}",
                field="text",
                source=pack.main.name,
            )


def texts_of(composition: Composition) -> tuple[str, ...]:
    """Everything that the post says: the same as the route reads of a version."""
    return (
        composition.title,
        composition.link,
        composition.text,
        *(part.text for part in composition.parts),
        *(picture.alt_text for picture in composition.media),
    )


CHECK = Check(
    key="pre_election",
    title="It keeps to the rules before a poll",
    find=check_pre_election,
    severity=Severity.ADVISORY,
    source=SOURCE,
)
