"""What the database itself refuses about policies: that a published version changes or goes.

People acknowledged those very words on that very day. Django's SQLite schema editor re-makes a
table to alter it and so loses triggers: a later migration of `PolicyVersion` must call `remove`
before and `install` after.
"""

from __future__ import annotations

from audit.trigger_set import TriggerSet

REFUSED = "a published policy is never changed"

_INSTALL = {
    "postgresql": [
        f"""
        CREATE FUNCTION training_policy_stands() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'restrict_violation';
        END $$
        """,
        """
        CREATE TRIGGER training_policy_stands BEFORE UPDATE OR DELETE ON training_policyversion
            FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
            EXECUTE FUNCTION training_policy_stands()
        """,
        # Also for a session that calls itself a replica.
        "ALTER TABLE training_policyversion ENABLE ALWAYS TRIGGER training_policy_stands",
    ],
    "sqlite": [
        f"""
        CREATE TRIGGER training_policy_not_changed BEFORE UPDATE ON training_policyversion
        WHEN OLD.published_at IS NOT NULL
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
        """,
        f"""
        CREATE TRIGGER training_policy_not_deleted BEFORE DELETE ON training_policyversion
        WHEN OLD.published_at IS NOT NULL
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
        """,
        # INSERT OR REPLACE deletes without firing a DELETE trigger.
        f"""
        CREATE TRIGGER training_policy_not_replaced BEFORE INSERT ON training_policyversion
        WHEN EXISTS (
            SELECT 1 FROM training_policyversion
            WHERE id = NEW.id AND published_at IS NOT NULL
        )
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
        """,  # noqa: S608 # nosec B608 - a constant
    ],
}
_REMOVE = {
    "postgresql": [
        "DROP TRIGGER training_policy_stands ON training_policyversion",
        "DROP FUNCTION training_policy_stands()",
    ],
    "sqlite": [
        "DROP TRIGGER training_policy_not_changed",
        "DROP TRIGGER training_policy_not_deleted",
        "DROP TRIGGER training_policy_not_replaced",
    ],
}

_TRIGGERS = TriggerSet(_INSTALL, _REMOVE)
install, remove = _TRIGGERS.install, _TRIGGERS.remove
