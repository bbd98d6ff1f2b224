"""To whom letters go: people who have an address to send them to."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User


def addresses(people: Iterable[User]) -> list[str]:
    """The addresses of those who have one; a letter to nobody is not sent at all."""
    return [person.email for person in people if person.email]
