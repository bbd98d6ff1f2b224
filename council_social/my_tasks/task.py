"""One line of “My tasks”."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from pages.counts import in_words


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the list: what to do, how many, where.

    Where `count` is a query, its rows are counted together with those of the other tasks.
    """

    text: str
    hint: str
    count: int | QuerySet[Any]
    href: str
    urgent: bool = False

    @property
    def state(self) -> str:
        """What the list shows at the right."""
        return in_words(self.count) if isinstance(self.count, int) else ""

    @property
    def colour(self) -> str:
        return "red" if self.urgent else "blue"
