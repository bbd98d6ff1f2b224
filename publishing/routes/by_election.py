"""A period before a poll: what touches the election is checked by the Monitoring Officer."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from publishing.routes.asked import Asked
from publishing.routes.needed import Need


def needs(asked: Collection[Asked]) -> Iterator[tuple[Asked, Need]]:
    """Nothing yet asks for it."""
    yield from ()
