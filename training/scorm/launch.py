"""The token that opens a package at its own address: for one person's way through one part.

It stands in the address, as no cookie is set there. It is signed, and runs out.
"""

from __future__ import annotations

import time
from dataclasses import astuple, dataclass
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
    at_terminal: bool = False
    """Whether others sit at the same browser after them (docs/shared-terminal.md)."""


def new_launch(enrolment: Enrolment, part: PackagePart, *, at_terminal: bool = False) -> Launch:
    return Launch(enrolment.pk, part.pk, int(time.time() * 1000), at_terminal)


def token_for(launch: Launch) -> str:
    return signing.dumps(astuple(launch), salt=_SALT)


def launch_of(token: str) -> Launch | None:
    """None for a token that has run out or is not ours."""
    try:
        return Launch(*signing.loads(token, salt=_SALT, max_age=LASTS))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def player_address(launch: Launch) -> str:
    """Where the frame of our page finds the player."""
    return f"{settings.PACKAGES_URL}/p/{quote(token_for(launch))}/"
