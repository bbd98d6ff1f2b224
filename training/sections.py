"""The pages of training and of policies, as tabs: each reader gets those they may open."""

from __future__ import annotations

from django.urls import reverse

from accounts.access import holds
from accounts.models import User
from accounts.permissions import Permission
from accounts.sections import Tab

_P = Permission

TRAINING: tuple[tuple[str, str, tuple[Permission, ...]], ...] = (
    ("Your training", "training", ()),
    ("Sessions", "training_sessions", ()),
    ("Who to ask", "ambassadors", ()),
    ("Policies", "policies", ()),
    ("Strategy", "strategy", ()),
    ("Matrix", "training_matrix", (_P.SEE_TRAINING_RECORDS,)),
    ("Progress", "training_progress", (_P.RECORD_TRAINING,)),
    ("Records", "training_records", (_P.SEE_TRAINING_RECORDS,)),
    ("Conversations", "my_conversations", (_P.RECORD_CONVERSATION,)),
    ("Assignments", "assignments", (_P.ASSIGN_TRAINING,)),
    ("Personal codes", "personal_codes", (_P.ISSUE_CODES,)),
    ("Courses", "writing_courses", (_P.EDIT_COURSES,)),
    ("Packages", "training_packages", (_P.EDIT_COURSES,)),
)
"""What a tab says, the name of its address, and the rights of which one opens it; none: anybody."""


def training_sections(reader: User, current: str) -> list[Tab]:
    """The tabs above the pages of training; `current` is the page at hand."""
    return [
        Tab(text, reverse(page), page == current)
        for text, page, needs in TRAINING
        if (not needs or holds(reader, *needs)) and _is_open_to(reader, page)
    ]


def _is_open_to(reader: User, page: str) -> bool:
    """A shared terminal is for learning: it opens no strategy."""
    return page != "strategy" or not reader.at_terminal
