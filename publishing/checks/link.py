"""The link is a whole web address that anybody can open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from publishing.checks.finding import Finding, blocking
from publishing.composition import Composition

LONGEST = 500
_is_address = URLValidator(schemes=["https", "http"])


def check_link(composition: Composition, now: datetime) -> Iterator[Finding]:
    link = composition.link
    if not link:
        return
    if len(link) > LONGEST:
        yield blocking(f"Shorten the link to {LONGEST} characters", field="link")
        return
    try:
        _is_address(link)
    except ValidationError:
        yield blocking(
            "Enter the whole link, like https://www.wealdmoor.example/libraries", field="link"
        )
        return
    if "@" in link.split("//", 1)[1].split("/", 1)[0]:
        yield blocking("Take the user name and password out of the link", field="link")
