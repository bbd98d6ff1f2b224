"""Campaign material is not shared: its imprint is its promoter's to give, and we never add one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from publishing.checks.finding import Check, Found, Severity, Source
from publishing.checks.pre_election import texts_of
from publishing.composition import Composition
from publishing.elections.packs.pack import IMPRINTS
from publishing.elections.windows import all_folded
from publishing.elections.wording import folded, speaks_of

HINTS = (
    "promoted by",
    "published and promoted",
    "vote for",
    "re elect",
    "vote labour",
    "vote conservative",
    "vote green",
    "vote liberal democrat",
    "vote reform",
    "vote snp",
    "vote plaid",
)
PARTIES = (
    "labour.org.uk",
    "conservatives.com",
    "libdems.org.uk",
    "greenparty.org.uk",
    "reformparty.uk",
    "snp.org",
    "plaid.cymru",
    "partyof.wales",
    "mydup.com",
    "sinnfein.ie",
    "allianceparty.org",
    "uup.org",
    "sdlp.ie",
)
"""Where the larger parties have their pages."""


def check_campaign_material(composition: Composition, now: datetime) -> Iterator[Found]:
    said = all_folded(texts_of(composition))
    host = urlsplit(composition.link).netloc.lower().removeprefix("www.")
    found = [f"“{hint}”" for hint in HINTS if speaks_of(said, folded(hint))]
    found += [
        f"a link to {party}" for party in PARTIES if host == party or host.endswith(f".{party}")
    ]
    for what in found:
        yield Found(
            f"This looks like campaign material: it has {what}. The council shares none. Take it "
            "out, or say why it is none",
            about=what,
            field="text",
        )


CHECK = Check(
    key="campaign_material",
    title="No campaign material is shared",
    find=check_campaign_material,
    severity=Severity.ADVISORY,
    source=Source(IMPRINTS.name, IMPRINTS.address),
)
