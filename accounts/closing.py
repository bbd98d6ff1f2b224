"""Closing guards: what other parts of the product still want to do with an account.

An extension point: publishing says what is still scheduled. Guards are registered in one place,
`council_social.extensions`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from accounts.evidence import Missing

if TYPE_CHECKING:
    from accounts.models import SocialAccount

Guard = Callable[["SocialAccount"], Iterable[Missing]]

_guards: list[Guard] = []


def register(guard: Guard) -> None:
    """Ask `guard` too, from now on; registering it again changes nothing."""
    if guard not in _guards:
        _guards.append(guard)


def in_the_way(account: SocialAccount) -> list[Missing]:
    """What must be settled before `account` can be closed."""
    return [missing for guard in _guards for missing in guard(account)]
