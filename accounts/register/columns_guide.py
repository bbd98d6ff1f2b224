"""What each column of an import takes, in words for the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.models import TwoFactorState
from accounts.register.csv_file import NEEDED, TEMPLATE
from platforms.known import known_platforms

_DAY = "A day: 2027-03-31 or 31/03/2027"
_TWO_FACTOR = ", ".join(state.label for state in TwoFactorState)
_TAKES = {
    "platform": "One of: " + ", ".join(each.name for each in known_platforms().values()),
    "handle": "As on the platform, with or without @",
    "name": "What people here call the account",
    "service area": "As it is called here",
    "site owner": "The e-mail address of somebody who works here",
    "deputy": "The e-mail address of somebody else who works here",
    "state": "Partner for an account that a partner runs, otherwise empty",
    "address": "Where it is on the web; made from the handle where it is empty",
    "strategic aims": "As on the list of aims, with semicolons between them",
    "there before the policy": "yes or no",
    "partner": "Only where a partner runs the account",
    "partner’s contact": "Only where a partner runs the account",
    "two-factor sign-in": f"One of: {_TWO_FACTOR}",
    "joint access": "What proves that the corporate team can administer the account",
}


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    takes: str
    is_needed: bool


def _columns() -> Iterator[Column]:
    for name in TEMPLATE:
        is_day = name.endswith(" on")
        takes = _DAY if is_day else _TAKES.get(name, "Any words")
        yield Column(name, takes, name in NEEDED)


GUIDE = tuple(_columns())
