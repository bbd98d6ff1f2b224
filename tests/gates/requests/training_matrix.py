"""What is asked about people's training."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.gates.small_council import Council

Body = dict[str, Any]


def _person(council: Council, about: str) -> list[Any]:
    """The author, whose manager is the manager; or somebody of nobody's team."""
    return [council.people["drafter" if about == "stranger" else "author"].pk]


PLACES: dict[str, Callable[[Council, str], list[Any]]] = {
    "training_person": _person,
    "completion_withdraw": lambda council, about: [
        council.people["author"].completions.earliest("pk").pk
    ],
}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "completion_withdraw": lambda council, about: {"reason": "It was somebody else’s."},
}
