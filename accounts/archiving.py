"""Archiving: what the parts of the product keep about an account, for its archive.

An extension point. A part becomes one JSON file and its pages in the ZIP. Parts are registered in
one place, `council_social.extensions`, and stand in the archive in that order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from accounts.models import SocialAccount


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that an item shows: `name` is where the archive has it, the same for the same bytes.

    `open` raises OSError where the store has lost it.
    """

    name: str
    digest: str
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a part: `facts` go into the JSON as they are, and are what the pages show."""

    facts: Mapping[str, Any]
    enclosures: Sequence[Enclosure] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing in an archive.

    `name` is that of its files, `template` draws one item. `items` gives what there was at the
    moment it is given, the oldest first, and holds a few at a time: there may be 100,000.
    `count` says how many `items` gives. `newest` is when the last of them came or changed.
    """

    name: str
    heading: str
    template: str
    a_page: int
    items: Callable[[SocialAccount, datetime], Iterator[Item]]
    count: Callable[[SocialAccount, datetime], int]
    newest: Callable[[SocialAccount], datetime | None]


_parts: list[Part] = []


def register(part: Part) -> None:
    """Have `part` in every archive from now on; registering it again changes nothing."""
    if part not in _parts:
        _parts.append(part)


def parts() -> tuple[Part, ...]:
    """All of them, in the order of the archive."""
    return tuple(_parts)
