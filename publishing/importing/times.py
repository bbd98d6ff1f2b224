"""Dates and times as spreadsheets write them: London’s, and which of two in autumn."""

from __future__ import annotations

import re
from datetime import datetime

from pages.local_time import LONDON, SECOND, TimeProblem, parse

_ZONE = re.compile(r"\s*\b(GMT|BST)$", re.IGNORECASE)
_SECONDS = re.compile(r"^(\d{1,2}:\d{2}):00$")
_MIDNIGHT = re.compile(r"\s+00:00(:00)?$")


def read_moment(day: str, clock: str) -> datetime | None:
    """The moment in UTC; None where both cells are empty. Raises TimeProblem.

    A time that comes twice has to say which of the two it is, with “BST” or “GMT” behind it.
    """
    zone = _ZONE.search(clock)
    typed = _SECONDS.sub(r"\1", _ZONE.sub("", clock))
    said = zone[1].upper() if zone else ""
    found = parse(_MIDNIGHT.sub("", day), typed, SECOND if said == "GMT" else "")
    if found is None:
        return None
    if found.comes_twice and not said:
        raise TimeProblem(
            f"{typed} comes twice that night, because the clocks go back. Add BST for the first "
            "or GMT for the second",
            "publish_time",
        )
    if said and said != found.at.astimezone(LONDON).tzname():
        other = "GMT" if said == "BST" else "BST"
        raise TimeProblem(f"London is on {other} then, not on {said}", "publish_time")
    return found.at
