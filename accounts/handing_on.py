"""Handing on: the kinds of work that somebody who leaves has begun, and who goes on with each.

An extension point: publishing hands on drafts. Kinds are registered in one place,
`council_social.extensions`, and asked in that order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Thing:
    """One piece of work in words, and where it is."""

    text: str
    href: str


class Kind(Protocol):
    """Work of one kind, all of which goes to one person."""

    key: str
    """The name of the question in the form."""
    one: str
    several: str
    """What it is called: “draft of a post”, “drafts of posts”."""
    question: str

    def begun_by(self, person: User) -> Sequence[Thing]:
        """What there is to hand on."""

    def hand_on(self, *, by: User | None, person: User, to: User, reason: str) -> None:
        """Give all of it to `to`, inside the caller's transaction, each with its audit entry.

        Raises ValidationError, under `key`, where `to` could not go on with it.
        """


_kinds: list[Kind] = []


def register(kind: Kind) -> None:
    """Ask about this kind too, from now on; registering it again changes nothing."""
    if kind not in _kinds:
        _kinds.append(kind)


def kinds() -> tuple[Kind, ...]:
    return tuple(_kinds)
