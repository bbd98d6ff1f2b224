"""What the database itself refuses: a delivery that nobody else has approved, and a post that
leaves its second check without one.

A delivery is added, and set to sending, only where its version has an approval with the version's
own digest, by somebody who is neither the post's author nor the version's editor; or where it was
let go in an emergency, with that digest. The columns of the approval that copy author and editor
are not asked: the truth is. A post that waits for a second check, or for the Monitoring Officer's,
is approved only with one; that this is by somebody who did not give the first, a constraint of
`Approval` sees to: nobody decides twice about a version.

Django's SQLite schema editor re-makes a table to alter it and so loses triggers: a later migration
of `Delivery` or `Post` must call `remove` before and `install` after.
"""

from __future__ import annotations

from audit.trigger_set import TriggerSet

REFUSED = "this version has no approval by a second person"
UNCHECKED = "this version has no second check"

_LET_GO = """
    UNION ALL
    SELECT 1 FROM publishing_version v JOIN publishing_emergency e ON e.version_id = v.id
    WHERE v.id = NEW.version_id AND v.post_id = NEW.post_id AND e.digest = v.digest
"""

_BY_ANOTHER = """
    SELECT 1 FROM publishing_version v
    JOIN publishing_post p ON p.id = v.post_id
    JOIN publishing_approval a ON a.version_id = v.id
    WHERE v.id = NEW.version_id AND v.post_id = NEW.post_id
        AND a.stage = 'approval' AND a.decision = 'approved' AND a.digest = v.digest
        AND a.decided_by_id <> p.author_id AND a.decided_by_id <> v.edited_by_id
"""
_APPROVED = _BY_ANOTHER + _LET_GO

_LEAVES_UNCHECKED = """
    OLD.state = 'second_check' AND NEW.state IN ('approved', 'scheduled')
"""
_CHECKED = """
    SELECT 1 FROM publishing_approval a JOIN publishing_version v ON v.id = a.version_id
    WHERE v.id = NEW.version_id AND a.stage IN ('second_check', 'election_check')
        AND a.decision = 'approved'
        AND a.digest = v.digest AND a.decided_by_id <> NEW.author_id
        AND a.decided_by_id <> v.edited_by_id
"""

_INSTALL = {
    "postgresql": [
        f"""
        CREATE FUNCTION publishing_delivery_is_approved() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NOT EXISTS ({_APPROVED}) THEN
                RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$
        """,  # nosec B608 - constants
        """
        CREATE TRIGGER publishing_delivery_added BEFORE INSERT ON publishing_delivery
            FOR EACH ROW EXECUTE FUNCTION publishing_delivery_is_approved()
        """,
        """
        CREATE TRIGGER publishing_delivery_sent BEFORE UPDATE ON publishing_delivery
            FOR EACH ROW WHEN (NEW.state = 'sending' AND OLD.state <> 'sending')
            EXECUTE FUNCTION publishing_delivery_is_approved()
        """,
        f"""
        CREATE FUNCTION publishing_post_is_checked() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NOT EXISTS ({_CHECKED}) THEN
                RAISE EXCEPTION '{UNCHECKED}' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$
        """,  # nosec B608 - constants
        f"""
        CREATE TRIGGER publishing_post_checked BEFORE UPDATE ON publishing_post
            FOR EACH ROW WHEN ({_LEAVES_UNCHECKED})
            EXECUTE FUNCTION publishing_post_is_checked()
        """,
        # Also for a session that calls itself a replica.
        "ALTER TABLE publishing_post ENABLE ALWAYS TRIGGER publishing_post_checked",
        "ALTER TABLE publishing_delivery ENABLE ALWAYS TRIGGER publishing_delivery_added",
        "ALTER TABLE publishing_delivery ENABLE ALWAYS TRIGGER publishing_delivery_sent",
    ],
    "sqlite": [
        f"""
        CREATE TRIGGER publishing_delivery_added BEFORE INSERT ON publishing_delivery
        WHEN NOT EXISTS ({_APPROVED})
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
        """,  # nosec B608 - constants
        f"""
        CREATE TRIGGER publishing_delivery_sent BEFORE UPDATE ON publishing_delivery
        WHEN NEW.state = 'sending' AND OLD.state <> 'sending' AND NOT EXISTS ({_APPROVED})
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
        """,  # nosec B608 - constants
        f"""
        CREATE TRIGGER publishing_post_checked BEFORE UPDATE ON publishing_post
        WHEN {_LEAVES_UNCHECKED} AND NOT EXISTS ({_CHECKED})
        BEGIN SELECT RAISE(ABORT, '{UNCHECKED}'); END
        """,  # nosec B608 - constants
    ],
}
_REMOVE = {
    "postgresql": [
        "DROP TRIGGER publishing_delivery_sent ON publishing_delivery",
        "DROP TRIGGER publishing_delivery_added ON publishing_delivery",
        "DROP FUNCTION publishing_delivery_is_approved()",
        "DROP TRIGGER publishing_post_checked ON publishing_post",
        "DROP FUNCTION publishing_post_is_checked()",
    ],
    "sqlite": [
        "DROP TRIGGER publishing_delivery_sent",
        "DROP TRIGGER publishing_delivery_added",
        "DROP TRIGGER publishing_post_checked",
    ],
}

_TRIGGERS = TriggerSet(_INSTALL, _REMOVE)
install, remove = _TRIGGERS.install, _TRIGGERS.remove
