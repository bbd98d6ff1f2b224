"""The link is a whole web address that anybody can open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from publishing.checks.finding import Check, Found
from publishing.composition import Composition

LONGEST = 500
_is_address = URLValidator(schemes=["https", "http"])


def check_link(composition: Composition, now: datetime) -> Iterator[Found]:
    link = composition.link
    if not link:
        return
    if len(link) > LONGEST:
        yield Found(f"Shorten the link to {LONGEST} characters", field="link")
        return
    try:
        _is_address(link)
    except ValidationError:
        yield Found(
            "Enter the whole link, like https://www.wealdmoor.example/libraries", field="link"
        )
        return
    if "@" in link.split("//", 1)[1].split("/", 1)[0]:
        yield Found("Take the user name and password out of the link", field="link")


CHECK = Check(key="link", title="The link works as an address", find=check_link, is_fixed=True)
