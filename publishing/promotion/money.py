"""Money: kept in pence, written in pounds."""

from __future__ import annotations

import re

MOST_PENCE = 100_000_000
"""A million pounds: more is a slip of the finger."""

_AMOUNT = re.compile(r"(?a)£?\s*(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{2}))?")


def pounds(pence: int) -> str:
    """£1,250.00 for 125000."""
    return f"£{pence // 100:,}.{pence % 100:02}"


def pence_of(words: str) -> int | None:
    """What somebody wrote, like "£1,250.50" or "80", in pence; None where that is no amount."""
    found = _AMOUNT.fullmatch(words.strip())
    if not found:
        return None
    pence = int(found[1].replace(",", "")) * 100 + int(found[2] or 0)
    return pence if pence <= MOST_PENCE else None
