"""What people have of the courses and policies: how new a version, and until when it counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from training.models import Course, PolicyDocument

Thing = Course | PolicyDocument


@dataclass(frozen=True, slots=True)
class Held:
    version: int
    expires: date
    """The last day on which it is in date."""
    counts: date
    """The last day on which posting accepts it."""


def held_of(rows: Iterable[Thing]) -> dict[tuple[Thing, int], Held]:
    """By thing and person, what counts the longest of those versions that count at all.

    `rows` are those of `with_expiry_for`.
    """
    found: dict[tuple[Thing, int], Held] = {}
    for row in rows:
        if row.done_by is None or row.expires is None or row.counts is None:
            continue
        version = row.done_version or 0
        if version >= row.least:
            held = Held(version, row.expires, row.counts)
            before = found.get((row, row.done_by), held)
            found[row, row.done_by] = max(
                before, held, key=lambda each: (each.counts, each.version)
            )
    return found
