"""How each kind of database is talked to: SQLite in development, PostgreSQL in production."""

from __future__ import annotations

from typing import Any

SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=30000;"
    ),
}
WITHOUT_JIT = "-c jit=off"
"""Compiling a plan with many conditions takes far longer than its answer: with five thousand people
and twelve courses, the list of those in date took three seconds, and without half of one.
"""


def tuned(given: dict[str, Any], *, pooled: bool) -> dict[str, Any]:
    """Django's settings for the database at an address.

    `pooled`: others share its connections, through PgBouncer for instance. Then nothing is asked of
    a connection as it begins (the database's role says it), and no cursor outlives a transaction.
    """
    if given["ENGINE"].endswith("sqlite3"):
        return {**given, "OPTIONS": SQLITE}
    options = given.get("OPTIONS", {})
    return {
        "CONN_MAX_AGE": 60,
        **given,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": pooled,
        "OPTIONS": options if pooled else {"options": WITHOUT_JIT, **options},
    }
