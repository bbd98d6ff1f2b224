"""A post whose picture may be shown for a short time only has to come down in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from publishing.checks.finding import Check, Found, Severity
from publishing.checks.people import SOURCE, day_out, pictures_known
from publishing.composition import Composition
from publishing.library.grounds import in_words
from publishing.models import People

SOON = timedelta(days=30)


def check_consent_ends(composition: Composition, now: datetime) -> Iterator[Found]:
    day = day_out(composition, now)
    for name, picture, item in pictures_known(composition):
        if item is None or item.people != People.SHOWN:
            continue
        for consent in item.consents.all():
            ends = consent.expires_on
            if ends and not consent.withdrawn_at and day <= ends <= day + SOON:
                yield Found(
                    f"{name}: “{consent.who}” may be shown only until {in_words(ends)}. Say who"
                    " takes the post down then",
                    about=f"{consent.pk} {ends}",
                    field=f"people_{picture.file.pk}",
                )


CHECK = Check(
    key="consent_ends",
    title="Consents last beyond the next month",
    find=check_consent_ends,
    severity=Severity.ADVISORY,
    source=SOURCE,
)
