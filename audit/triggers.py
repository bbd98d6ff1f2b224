"""What the database itself refuses, and keeps, about the audit trail.

- An entry cannot be changed or deleted, nor the table emptied.
- An entry is added only if it continues the chain: next sequence, the head's hash.
- The head moves to the new entry by itself, and in no other way.

These stop mistakes and whoever has only the application's rights. Who owns the database can
drop them; that is what the chain and the signed head are for. Django's SQLite schema editor
re-makes a table to alter it and so loses triggers: a later migration of `Entry` or `ChainHead`
must call `remove` before and `install` after.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

from audit.canonical import GENESIS
from audit.trigger_set import TriggerSet

_POSTGRESQL_INSTALL = [
    """
    CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the audit trail cannot be changed: % on %', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END $$
    """,
    """
    CREATE FUNCTION audit_continue() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        head audit_chainhead%ROWTYPE;
        entry record;
    BEGIN
        SELECT * INTO STRICT head FROM audit_chainhead WHERE id = 1 FOR UPDATE;
        FOR entry IN SELECT sequence, previous_hash, hash FROM added ORDER BY sequence LOOP
            IF entry.sequence <> head.sequence + 1 OR entry.previous_hash <> head.hash THEN
                RAISE EXCEPTION 'entry % does not continue the audit chain', entry.sequence
                    USING ERRCODE = 'restrict_violation';
            END IF;
            head.sequence := entry.sequence;
            head.hash := entry.hash;
        END LOOP;
        UPDATE audit_chainhead SET sequence = head.sequence, hash = head.hash
            WHERE id = 1 AND sequence <> head.sequence;
        RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION audit_guard_head() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.id <> OLD.id OR NEW.sequence <= OLD.sequence
            OR NEW.sequence <> (SELECT max(sequence) FROM audit_entry)
            OR NEW.hash <> (SELECT hash FROM audit_entry WHERE sequence = NEW.sequence)
        THEN
            RAISE EXCEPTION 'the head of the audit chain is the last entry'
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER audit_entry_stands BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()
    """,
    """
    CREATE TRIGGER audit_entry_continues AFTER INSERT ON audit_entry
        REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION audit_continue()
    """,
    """
    CREATE TRIGGER audit_head_stands BEFORE INSERT OR DELETE OR TRUNCATE ON audit_chainhead
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()
    """,
    """
    CREATE TRIGGER audit_head_follows BEFORE UPDATE ON audit_chainhead
        FOR EACH ROW EXECUTE FUNCTION audit_guard_head()
    """,
    # Also for a session that calls itself a replica.
    "ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_stands",
    "ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_continues",
    "ALTER TABLE audit_chainhead ENABLE ALWAYS TRIGGER audit_head_stands",
    "ALTER TABLE audit_chainhead ENABLE ALWAYS TRIGGER audit_head_follows",
]
_POSTGRESQL_REMOVE = [
    "DROP TRIGGER audit_head_follows ON audit_chainhead",
    "DROP TRIGGER audit_head_stands ON audit_chainhead",
    "DROP TRIGGER audit_entry_continues ON audit_entry",
    "DROP TRIGGER audit_entry_stands ON audit_entry",
    "DROP FUNCTION audit_guard_head()",
    "DROP FUNCTION audit_continue()",
    "DROP FUNCTION audit_refuse()",
]

# INSERT OR REPLACE deletes without firing a DELETE trigger; the INSERT triggers stop it.
_SQLITE_INSTALL = [
    """
    CREATE TRIGGER audit_entry_not_updated BEFORE UPDATE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'the audit trail cannot be changed: UPDATE on audit_entry'); END
    """,
    """
    CREATE TRIGGER audit_entry_not_deleted BEFORE DELETE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'the audit trail cannot be changed: DELETE on audit_entry'); END
    """,
    """
    CREATE TRIGGER audit_entry_continues BEFORE INSERT ON audit_entry
    WHEN NOT EXISTS (
        SELECT 1 FROM audit_chainhead
        WHERE id = 1 AND sequence + 1 = NEW.sequence AND hash = NEW.previous_hash
    )
    BEGIN SELECT RAISE(ABORT, 'this entry does not continue the audit chain'); END
    """,
    """
    CREATE TRIGGER audit_entry_moves_head AFTER INSERT ON audit_entry
    BEGIN
        UPDATE audit_chainhead SET sequence = NEW.sequence, hash = NEW.hash WHERE id = 1;
    END
    """,
    """
    CREATE TRIGGER audit_head_not_deleted BEFORE DELETE ON audit_chainhead
    BEGIN SELECT RAISE(ABORT, 'the audit trail cannot be changed: DELETE on audit_chainhead'); END
    """,
    """
    CREATE TRIGGER audit_head_not_added BEFORE INSERT ON audit_chainhead
    BEGIN SELECT RAISE(ABORT, 'the audit trail cannot be changed: INSERT on audit_chainhead'); END
    """,
    """
    CREATE TRIGGER audit_head_follows BEFORE UPDATE ON audit_chainhead
    WHEN NEW.id <> OLD.id OR NEW.sequence <= OLD.sequence OR NOT EXISTS (
        SELECT 1 FROM audit_entry WHERE sequence = NEW.sequence AND hash = NEW.hash
            AND sequence = (SELECT max(sequence) FROM audit_entry)
    )
    BEGIN SELECT RAISE(ABORT, 'the head of the audit chain is the last entry'); END
    """,
]
_SQLITE_REMOVE = [
    "DROP TRIGGER audit_entry_not_updated",
    "DROP TRIGGER audit_entry_not_deleted",
    "DROP TRIGGER audit_entry_continues",
    "DROP TRIGGER audit_entry_moves_head",
    "DROP TRIGGER audit_head_not_deleted",
    "DROP TRIGGER audit_head_not_added",
    "DROP TRIGGER audit_head_follows",
]

_INSTALL = {"postgresql": _POSTGRESQL_INSTALL, "sqlite": _SQLITE_INSTALL}
_REMOVE = {"postgresql": _POSTGRESQL_REMOVE, "sqlite": _SQLITE_REMOVE}


def place_head(connection: BaseDatabaseWrapper) -> None:
    """Put the head of an empty chain in place. Only while the triggers are not installed."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_chainhead")
        cursor.execute(
            "INSERT INTO audit_chainhead (id, sequence, hash) VALUES (1, 0, %s)", [GENESIS]
        )


_TRIGGERS = TriggerSet(_INSTALL, _REMOVE)
install, remove = _TRIGGERS.install, _TRIGGERS.remove
