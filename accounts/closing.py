"""What other parts of the product still want to do with an account that is to be closed.

Two extension points, both filled by publishing in `council_social.extensions`. *Guards* say what
must be settled before an account is closed. *The desk* lists the posts that are still to go out
there, and cancels or moves them for whoever closes the account.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.core.exceptions import ValidationError

from accounts.evidence import Missing

if TYPE_CHECKING:
    from accounts.models import SocialAccount, User

Guard = Callable[["SocialAccount"], Iterable[Missing]]

_guards: list[Guard] = []


def register(guard: Guard) -> None:
    """Ask `guard` too, from now on; registering it again changes nothing."""
    if guard not in _guards:
        _guards.append(guard)


def in_the_way(account: SocialAccount) -> list[Missing]:
    """What must be settled before `account` can be closed."""
    return [missing for guard in _guards for missing in guard(account)]


def refuse_unsettled(account: SocialAccount) -> None:
    """Raise ValidationError, naming all of it, while something is in the way."""
    if found := in_the_way(account):
        raise ValidationError([missing.what for missing in found])


@dataclass(frozen=True, slots=True)
class OpenPost:
    """A post that is still to go out, as the page of a closing lists it.

    `to_settle` is the page on which somebody first says whether the platform has it; empty where
    it can be cancelled or moved.
    """

    key: int
    title: str
    author: str
    href: str
    when: str
    state: str
    state_in_words: str
    to_settle: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one post, in words for the person; not `done`: it stays where it was."""

    done: bool
    words: str


class Desk(Protocol):
    """What can be done with the posts of an account that is being closed.

    Each call is one transaction of its own, and asks whether `by` may. Doing it again is harmless.
    """

    def posts(self, account: SocialAccount) -> Sequence[OpenPost]:
        """All that are still to go out, or wait to be approved, the next first."""

    def cancel(self, key: int, *, account: SocialAccount, by: User, reason: str) -> Settled:
        """Keep a post from going out there; other accounts of the same post still get it."""

    def move(
        self, key: int, *, account: SocialAccount, to: SocialAccount, by: User, reason: str
    ) -> Settled:
        """Have a post go out on `to` instead: it must be approved again first."""


_desks: list[Desk] = []


def put_desk(desk: Desk) -> None:
    """Ask `desk` about posts from now on, instead of any before."""
    _desks[:] = [desk]


def the_desk() -> Desk:
    """Raises RuntimeError where nobody publishes."""
    if not _desks:
        raise RuntimeError("Nothing has been put at accounts.closing.put_desk.")
    return _desks[0]
