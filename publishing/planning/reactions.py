"""What people did about our posts: asked of monitoring, which knows, at this extension point.

What counts as a reaction is said by whoever fills it in, in words for the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.reach import Ids


@dataclass(frozen=True, slots=True)
class Reacted:
    """One post on one account, and how many reactions it drew."""

    account_id: int
    published_at: datetime
    reactions: int


@dataclass(frozen=True, slots=True)
class Source:
    """Who counts. `read` gives posts of some accounts since a moment, in at most two queries.

    Accounts about which it can say nothing are left out. `what` ends the sentence "We count …".
    """

    read: Callable[[Ids, datetime], Sequence[Reacted]]
    what: str
    one: str
    several: str


def _nothing(accounts: Ids, since: datetime) -> Sequence[Reacted]:
    return ()


_source = Source(_nothing, "nothing yet", "reaction", "reactions")


def register(source: Source) -> None:
    """Ask this one from now on."""
    global _source  # noqa: PLW0603 - an extension point is filled once, at start-up
    _source = source


def source() -> Source:
    return _source
