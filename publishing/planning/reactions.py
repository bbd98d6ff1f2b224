"""What people did about our posts: asked of monitoring, which knows, at this extension point.

What counts as a reaction is said by whoever fills it in, in words for the page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from accounts.reach import Ids
from publishing.models import Delivery


@dataclass(frozen=True, slots=True)
class Reacted:
    """One post on one account, and how many reactions it drew."""

    account_id: int
    published_at: datetime
    reactions: int


@dataclass(frozen=True, slots=True)
class Source:
    """Who counts. `read` gives posts of some accounts since a moment, in at most two queries.

    `drawn` gives what some deliveries drew so far, by account, in one query. Accounts about which
    nothing can be said are left out of both. `what` ends the sentence "We count …".
    """

    read: Callable[[Ids, datetime], Sequence[Reacted]]
    drawn: Callable[[QuerySet[Delivery]], Mapping[int, int]]
    what: str
    one: str
    several: str


def _none_read(accounts: Ids, since: datetime) -> Sequence[Reacted]:
    return ()


def _none_drawn(deliveries: QuerySet[Delivery]) -> Mapping[int, int]:
    return {}


_source = Source(_none_read, _none_drawn, "nothing yet", "reaction", "reactions")


def register(source: Source) -> None:
    """Ask this one from now on."""
    global _source  # noqa: PLW0603 - an extension point is filled once, at start-up
    _source = source


def source() -> Source:
    return _source
