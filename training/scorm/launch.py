"""The token that opens a package at its own address: for one person's way through one part.

It stands in the address, as no cookie is set there. It is signed, and runs out.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from django.conf import settings
from django.core import signing

from training.models import Enrolment, PackagePart

LASTS = timedelta(hours=12)
_SALT = "training.package"


@dataclass(frozen=True, slots=True)
class Launch:
    """`opening` tells one opening of a part from an earlier one: a later one is greater."""

    enrolment_id: int
    part_id: int
    opening: int


def new_launch(enrolment: Enrolment, part: PackagePart) -> Launch:
    return Launch(enrolment.pk, part.pk, int(time.time() * 1000))


def token_for(launch: Launch) -> str:
    return signing.dumps([launch.enrolment_id, launch.part_id, launch.opening], salt=_SALT)


def launch_of(token: str) -> Launch | None:
    """None for a token that has run out or is not ours."""
    try:
        enrolment_id, part_id, opening = signing.loads(token, salt=_SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Launch(enrolment_id, part_id, opening)


def player_address(launch: Launch) -> str:
    """Where the frame of our page finds the player."""
    return f"{settings.PACKAGES_URL}/p/{quote(token_for(launch))}/"
