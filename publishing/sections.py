"""The pages around posts, as tabs: each reader gets those they may open."""

from __future__ import annotations

from django.urls import reverse

from accounts.access import holds
from accounts.models import User
from accounts.permissions import Permission
from accounts.sections import Tab

_P = Permission
_READERS = (_P.WRITE_POST, _P.SEE_ALL_POSTS, _P.SEE_PUBLISHED_POSTS)

POSTS: tuple[tuple[str, str, tuple[Permission, ...]], ...] = (
    ("Posts", "posts", _READERS),
    ("Media library", "library", (_P.WRITE_POST, _P.KEEP_LIBRARY)),
    ("Templates", "templates", (_P.WRITE_POST,)),
    ("Snippets", "snippets", (_P.WRITE_POST,)),
    ("Campaigns", "campaigns", (_P.WRITE_POST, _P.SEE_ALL_POSTS, _P.PLAN_CONTENT)),
    ("Paid promotion", "promotions", (_P.WRITE_POST, _P.SEE_SPENDING, _P.AGREE_SPENDING)),
)
"""What a tab says, the name of its address, and the rights of which one opens it."""


def post_sections(reader: User, current: str) -> list[Tab]:
    """The tabs above the list of posts and its neighbours; `current` is the page at hand."""
    return [
        Tab(text, reverse(page), page == current)
        for text, page, needs in POSTS
        if holds(reader, *needs)
    ]
