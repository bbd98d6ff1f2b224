"""Evidence: what other parts of the product know about a person's fitness to post.

An extension point. A provider is asked about several people at one moment, and answers with what
each of them lacks and for which permissions. Providers are registered in one place,
`council_social.extensions`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from accounts.permissions import Permission

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that stands in the way, in words for the person, and who can help."""

    what: str
    who_can_help: str


@dataclass(frozen=True, slots=True)
class Lack:
    """What one person lacks for some permissions."""

    user_id: int
    permissions: frozenset[Permission]
    missing: Missing


Provider = Callable[[Collection["User"], datetime], Iterable[Lack]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Ask `provider` too, from now on; registering it again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)


def lacks_of(users: Collection[User], at: datetime) -> list[Lack]:
    """What every provider says is missing, of each of them and for every permission."""
    return [lack for provider in _providers for lack in provider(users, at)]
