"""The pages of planning, as tabs."""

from __future__ import annotations

from django.urls import reverse

from accounts.access import holds
from accounts.models import User
from accounts.permissions import Permission

_PAGES = {
    "calendar": "Calendar",
    "plan": "Content plan",
    "all_series": "Repeating posts",
    "calendar_feeds": "Calendar feeds",
}
PLANNERS = (Permission.SEE_ALL_POSTS, Permission.PLAN_CONTENT, Permission.WRITE_POST)
"""Who may open the content plan and the repeating posts."""
_FOR_PLANNERS = ("plan", "all_series")


def calendar_sections(current: str, reader: User) -> list[dict[str, object]]:
    """`current` is the name of the page at hand."""
    return [
        {"text": label, "href": reverse(page), "active": page == current}
        for page, label in _PAGES.items()
        if page not in _FOR_PLANNERS or holds(reader, *PLANNERS)
    ]
