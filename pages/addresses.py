"""The addresses of a list's rows, without going through the map of all addresses for each."""

from __future__ import annotations

from functools import cache

from django.urls import reverse

_ANY = 9_876_543_210


def address_of(page: str, number: int) -> str:
    """Where the page of this name about the thing of this number is: what `reverse` answers."""
    before, after = _around(page)
    return f"{before}{number}{after}"


@cache
def _around(page: str) -> tuple[str, str]:
    before, after = reverse(page, args=[_ANY]).split(str(_ANY))
    return before, after
