"""A post as a person names it: the address of its page, or the number in it."""

from __future__ import annotations

import re

from pages.numbers import whole_number


def post_number(typed: str) -> int | None:
    """From “https://…/posts/12/results/”, “/posts/12/”, “#12” or “12”."""
    found = re.search(r"/posts/(\d+)(?:[/?#]|$)", typed)
    return whole_number(found[1] if found else typed.strip(" #/"))
