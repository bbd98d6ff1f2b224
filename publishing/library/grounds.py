"""Whether a picture may be shown on a day: whether people are in it, why they may be, the licence.

UK GDPR, Article 6(1): showing somebody takes a legal basis. What is withdrawn (Article 7(3)) counts
at once and for good, wherever the same bytes were uploaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from publishing.models import Consent, MediaItem, People

LICENCE_LAW = "Copyright, Designs and Patents Act 1988"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """`what` is wrong and what to `do`, in sentences without their full stop.

    `law` is the rule where that is not data protection.
    """

    what: str
    do: str
    law: str = ""


def obstacles_to_showing(item: MediaItem | None, day: date) -> Iterator[Obstacle]:
    """Everything for which the picture may not be shown on `day`; `item` has its consents.

    None stands for bytes of which nothing is known.
    """
    if item is None or item.people == People.NOT_SAID:
        yield Obstacle(
            "it is not said whether people can be recognised",
            "Answer the question beside the picture",
        )
        return
    if item.licence_ends_on and item.licence_ends_on < day:
        yield Obstacle(
            f"its licence ends on {in_words(item.licence_ends_on)}",
            "Renew the licence, or use another picture",
            LICENCE_LAW,
        )
    if item.people == People.NONE:
        return
    consents = list(item.consents.all())
    if not consents:
        yield Obstacle(
            "people can be recognised, and it is not recorded why they may be shown",
            "Record their consent, or another legal basis",
        )
    for consent in consents:
        yield from obstacles_in(consent, day)


def obstacles_in(consent: Consent, day: date) -> Iterator[Obstacle]:
    """Why the person, or group, that one consent is about may not be shown on `day`."""
    if consent.withdrawn_at:
        since = in_words(timezone.localdate(consent.withdrawn_at))
        yield Obstacle(
            f"“{consent.who}” may not be shown any more since {since}",
            "Use another picture",
        )
    elif consent.expires_on and consent.expires_on < day:
        yield Obstacle(
            f"“{consent.who}” may be shown only until {in_words(consent.expires_on)}",
            "Ask for consent again, or use another picture",
        )
    if consent.is_child and not consent.parent_reference:
        yield Obstacle(
            f"“{consent.who}” is a child, and no parent’s consent is recorded",
            "Record the reference of the parent’s consent",
        )


def in_words(day: date) -> str:
    return f"{day:%-d %B %Y}"
