"""Lets the test runner, and nobody else, empty the audit trail and the policies between tests.

Tests with `transaction=True` end with a flush of every table, which the triggers rightly refuse.
Here, and only here, a flush takes the triggers away, and puts them and an empty chain back before
the next test begins.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations

from audit import triggers
from training.triggers import conversations, courses, packages, policies

STANDING = (policies, courses, packages, conversations)


@pytest.fixture(scope="session", autouse=True)
def _a_flush_may_empty_the_audit_trail() -> Iterator[None]:
    # On the class: beside a browser's event loop this thread has a second connection.
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def flush_without_triggers(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        with transaction.atomic():
            for each in (triggers, *STANDING):
                each.remove(self.connection)
            flush(self, sql_list)
            triggers.place_head(self.connection)
            for each in (triggers, *STANDING):
                each.install(self.connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", flush_without_triggers)
        yield
