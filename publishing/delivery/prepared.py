"""Questions whose words never differ, put into words for the database once.

Making the SQL takes the ORM several times as long as the database takes for the few rows of it.
Where a worker asks the same for every delivery, the ORM makes it once for each number of keys, and
afterwards only the values are filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=models.Model)

FIRST_STAND_IN = -7_000_000_000_000
"""Stands for a key while the question is put into words: nothing else in it has this value."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The SQL, and for each of its values the place among the keys, or the value itself."""

    sql: str
    values: tuple[tuple[int | None, Any], ...]
    model: type[models.Model]
    locks: bool

    def filled(self, keys: Sequence[int]) -> list[Any]:
        return [value if place is None else keys[place] for place, value in self.values]


class Prepared(Generic[M]):
    """Rows for some keys, as the queryset that `rows` makes of lists of keys finds them.

    `rows` may join and annotate, but not `select_related`; what it is given by name (whether to
    wait for a lock, say) is part of the words. Where one list is empty, nothing is found. Rows that
    it locks are locked inside a transaction only, else TransactionManagementError is raised, as
    Django does.
    """

    def __init__(self, rows: Callable[..., QuerySet[M]]) -> None:
        self._rows = rows
        self._known: dict[tuple[object, ...], _Words] = {}

    def __call__(self, *keys: Collection[int], **others: object) -> list[M]:
        distinct = [list(dict.fromkeys(several)) for several in keys]
        if not all(distinct):
            return []
        known = (*map(len, distinct), *others.values())
        words = self._known.get(known)
        if words is None:
            words = self._known[known] = self._put_into_words(distinct, others)
        if words.locks and not connection.in_atomic_block:
            raise TransactionManagementError("Rows are locked inside a transaction.")
        values = words.filled([key for several in distinct for key in several])
        return list(words.model._default_manager.raw(words.sql, values))  # type: ignore[arg-type]

    def by_key(self, keys: Collection[int]) -> dict[int, M]:
        """The rows by their primary keys, where these are what is asked for."""
        return {row.pk: row for row in self(keys)}

    def _put_into_words(self, keys: Sequence[Sequence[int]], others: dict[str, object]) -> _Words:
        free = count(FIRST_STAND_IN)
        stand_ins = [[next(free) for _ in several] for several in keys]
        rows = self._rows(*stand_ins, **others)
        sql, values = rows.query.sql_with_params()
        places = {key: place for place, key in enumerate(chain.from_iterable(stand_ins))}
        return _Words(
            sql,
            tuple((_place(places, value), value) for value in values),
            rows.model,
            bool(rows.query.select_for_update),
        )


def _place(places: dict[int, int], value: object) -> int | None:
    return places.get(value) if isinstance(value, int) else None


def keep_related(row: models.Model, name: str, related: Sequence[M], model: type[M]) -> None:
    """Keep what `row.<name>.all()` is to give, as `prefetch_related` would have found it.

    Django's own makes a queryset for each row, which takes longer than all the rows together.
    """
    kept: QuerySet[M] = QuerySet(model)
    kept._result_cache = list(related)
    kept._prefetch_done = True  # type: ignore[attr-defined]
    vars(row).setdefault("_prefetched_objects_cache", {})[name] = kept
