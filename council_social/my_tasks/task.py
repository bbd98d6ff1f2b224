"""One line of “My tasks”."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from pages.counts import in_words


@dataclass(frozen=True, slots=True)
class First:
    """The page of the first of the rows: whoever follows the task is where it is done."""

    page: str
    fields: Sequence[str] = ("pk",)


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the list: what to do, how many, where.

    Where `count` is a query, its rows are counted together with those of the other tasks.
    """

    text: str
    hint: str
    count: int | QuerySet[Any]
    href: str | First
    urgent: bool = False

    @property
    def fields(self) -> Sequence[str | Q]:
        return self.href.fields if isinstance(self.href, First) else ()

    def told(self, count: int, *first: Any) -> Task:
        """The same with its number, and with the address of the first of the rows."""
        if isinstance(self.href, First):
            return replace(self, count=count, href=reverse(self.href.page, args=first))
        return replace(self, count=count)

    @property
    def state(self) -> str:
        """What the list shows at the right."""
        return in_words(self.count) if isinstance(self.count, int) else ""

    @property
    def colour(self) -> str:
        return "red" if self.urgent else "blue"


@dataclass(frozen=True, slots=True)
class Told:
    """A task whose words rest on the first of its rows."""

    count: QuerySet[Any]
    fields: Sequence[str | Q]
    told: Callable[..., Task]
    """Makes it of the number of rows and those fields of the first."""
