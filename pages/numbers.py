"""Numbers that come in with a request: ids and revisions, as text."""

from __future__ import annotations

LARGEST = 2**63 - 1
"""What a database's key can be."""
_DIGITS = len(str(LARGEST))


def whole_number(text: str) -> int | None:
    """The number that `text` holds; None for anything else, or beyond what a key can be."""
    if not text.isdecimal() or len(text) > _DIGITS:
        return None
    number = int(text)
    return number if number <= LARGEST else None
