"""What a database refuses by itself: triggers, and how they come and go on each database.

Django's SQLite schema editor re-makes a table to alter it and so loses its triggers: a later
migration of such a table calls `remove` before and `install` after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

Statements = Mapping[str, Sequence[str]]
"""By the database's vendor, in the order in which they are run."""


@dataclass(frozen=True, slots=True)
class TriggerSet:
    """The statements that put some triggers in place, and those that take them away."""

    coming: Statements
    going: Statements

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Put the triggers in place. Raises KeyError on a database we have none for."""
        _run(connection, self.coming)

    def remove(self, connection: BaseDatabaseWrapper) -> None:
        """Take them away: for a migration of one of their tables, and for tests."""
        _run(connection, self.going)


def _run(connection: BaseDatabaseWrapper, statements: Statements) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
