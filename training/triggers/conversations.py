"""What the database itself refuses: that a record of a conversation is changed or goes.

As with `training.triggers.policies`, a later migration of these tables must call `remove` before
and `install` after.
"""

from __future__ import annotations

from audit.trigger_set import TriggerSet

REFUSED = "a record of a conversation is never changed"
TABLES = ("training_conversation", "training_conversationaddition")


def _postgresql(table: str) -> list[str]:
    return [
        f"""
        CREATE TRIGGER {table}_stands BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION training_conversation_stands()
        """,
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_stands",
    ]


def _sqlite(table: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    there = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608 # nosec B608
    return [
        f"CREATE TRIGGER {table}_not_changed BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_not_deleted BEFORE DELETE ON {table} {refuse}",
        # INSERT OR REPLACE deletes without firing a DELETE trigger.
        f"CREATE TRIGGER {table}_not_replaced BEFORE INSERT ON {table} WHEN {there} {refuse}",
    ]


_INSTALL = {
    "postgresql": [
        f"""
        CREATE FUNCTION training_conversation_stands() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'restrict_violation';
        END $$
        """,
        *(statement for table in TABLES for statement in _postgresql(table)),
    ],
    "sqlite": [statement for table in TABLES for statement in _sqlite(table)],
}
_REMOVE = {
    "postgresql": [
        *(f"DROP TRIGGER {table}_stands ON {table}" for table in TABLES),
        "DROP FUNCTION training_conversation_stands()",
    ],
    "sqlite": [
        f"DROP TRIGGER {table}_{what}"
        for table in TABLES
        for what in ("not_changed", "not_deleted", "not_replaced")
    ],
}

_TRIGGERS = TriggerSet(_INSTALL, _REMOVE)
install, remove = _TRIGGERS.install, _TRIGGERS.remove
