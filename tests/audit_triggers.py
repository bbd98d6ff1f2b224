"""Lets the test runner, and nobody else, empty the audit trail between tests.

Tests with `transaction=True` end with a flush of every table, which the triggers rightly refuse.
Here, and only here, a flush takes the triggers away, and puts them and an empty chain back before
the next test begins.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from audit import triggers


@pytest.fixture(scope="session", autouse=True)
def _a_flush_may_empty_the_audit_trail() -> Iterator[None]:
    flush = connection.ops.execute_sql_flush

    def flush_without_triggers(sql_list: list[str]) -> None:
        with transaction.atomic():
            triggers.remove(connection)
            flush(sql_list)
            triggers.place_head(connection)
            triggers.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection.ops, "execute_sql_flush", flush_without_triggers)
        yield
