"""Evidence: what other parts of the product know about a person's fitness to post.

An extension point. A provider is asked about one person, one permission and one moment, and
answers with what is missing. Providers are registered in one place,
`council_social.extensions`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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


Provider = Callable[["User", Permission, datetime], Iterable[Missing]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Ask `provider` too, from now on; registering it again changes nothing."""
    if provider not in _providers:
        _providers.append(provider)


def missing_for(user: User, permission: Permission, at: datetime) -> list[Missing]:
    """What every provider says is missing."""
    return [missing for provider in _providers for missing in provider(user, permission, at)]
