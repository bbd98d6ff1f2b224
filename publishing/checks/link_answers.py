"""The links of the post answer, as far as somebody has looked at them lately."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from publishing.checks.finding import Check, Found, Severity, Source
from publishing.composition import Composition
from publishing.links.found import links_of
from publishing.links.looking import known_looks
from publishing.models import LinkOutcome

SOURCE = Source("GOV.UK content design: links", "https://www.gov.uk/guidance/content-design/links")
LONGEST_SHOWN = 80


def check_link_answers(composition: Composition, now: datetime) -> Iterator[Found]:
    links = links_of(composition)
    known = known_looks(links) if links else {}
    for link in links:
        look = known.get(link)
        shown = link if len(link) <= LONGEST_SHOWN else f"{link[:LONGEST_SHOWN]}…"
        field = "link" if link == composition.link else "text"
        if look is None:
            message = f"Nobody has looked yet whether {shown} answers. It is looked at soon."
            yield Found(message, link, field, is_note=True)
        elif look.outcome != LinkOutcome.ANSWERS:
            yield Found(f"Open {shown} and see whether it works. {look.detail}", link, field)


CHECK = Check(
    key="link_answers",
    title="The links answer",
    find=check_link_answers,
    severity=Severity.ADVISORY,
    source=SOURCE,
)
