"""Evidence: what other parts of the product know about a person's fitness to post.

An extension point. A provider is asked about several people at one moment, and answers with what
each of them lacks and for which permissions. Providers are registered in one place,
`council_social.extensions`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

from accounts.permissions import Permission

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that stands in the way, in words for the person, and who can help."""

    what: str
    who_can_help: str
    href: str = ""
    """The page on which the person can put it right themselves, where there is one."""


@dataclass(frozen=True, slots=True)
class Lack:
    """What one person lacks for some permissions."""

    user_id: int
    permissions: frozenset[Permission]
    missing: Missing


Provider = Callable[[Collection["User"], datetime], Iterable[Lack]]
Condition = Callable[[Permission, datetime], Q]
"""The same as a condition on people: those who lack something for a permission."""

_providers: list[Provider] = []
_conditions: list[Condition] = []


def register(provider: Provider, condition: Condition) -> None:
    """Ask `provider` too, from now on; registering it again changes nothing.

    `condition` finds whoever `provider` says lacks something, among all people there are.
    """
    if provider not in _providers:
        _providers.append(provider)
        _conditions.append(condition)


def lacks_of(users: Collection[User], at: datetime) -> list[Lack]:
    """What every provider says is missing, of each of them and for every permission."""
    return [lack for provider in _providers for lack in provider(users, at)]


def lacking(permission: Permission, at: datetime) -> Q:
    """The condition on people that finds whoever lacks something for `permission`."""
    nobody = Q(pk__in=())
    return reduce(or_, (condition(permission, at) for condition in _conditions), nobody)
