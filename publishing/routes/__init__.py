"""The route of a post: which stages of approval it needs before it may leave, and who gives each.

Every post needs one approval. What else it needs is asked of each of `SOURCES` (`sources.py`) at
the moment of asking and never kept: the risk of its accounts, the council's own rules, elections.
Stages are given in the order of `ORDER`, each by another person.
"""

from __future__ import annotations

from publishing.routes.asked import Asked, asked_about, asked_of_draft, asked_on
from publishing.routes.by_risk import raised_by
from publishing.routes.needed import IN_WORDS, ORDER, RIGHT_FOR, Needed, Who
from publishing.routes.stages import (
    GOING_OUT,
    awaited,
    awaited_by_all,
    missing,
    needed_at,
    needed_for,
    needed_for_all,
    needed_on,
    needed_together,
    stage_awaited,
    stages_for,
)

__all__ = [
    "GOING_OUT",
    "IN_WORDS",
    "ORDER",
    "RIGHT_FOR",
    "Asked",
    "Needed",
    "Who",
    "asked_about",
    "asked_of_draft",
    "asked_on",
    "awaited",
    "awaited_by_all",
    "missing",
    "needed_at",
    "needed_for",
    "needed_for_all",
    "needed_on",
    "needed_together",
    "raised_by",
    "stage_awaited",
    "stages_for",
]
