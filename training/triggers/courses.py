"""What the database itself refuses about courses: that a published version changes or goes.

People learnt those very lessons and were asked those very questions. Neither the version's own row
nor a lesson, question or answer of it is added, changed or deleted once it is published.

Django's SQLite schema editor re-makes a table to alter it and so loses triggers: a later migration
of `CourseVersion`, `Lesson`, `Question` or `Answer` must call `remove` before and `install` after.
Those of `training.triggers.lessons_of_questions` are on two of the same tables.
"""

from __future__ import annotations

from audit.trigger_set import TriggerSet

REFUSED = "a published version of a course is never changed"

_VERSION_OF = {
    "training_lesson": "SELECT id FROM training_courseversion WHERE id = {row}.version_id",
    "training_question": "SELECT id FROM training_courseversion WHERE id = {row}.version_id",
    "training_answer": (
        "SELECT q.version_id FROM training_question q WHERE q.id = {row}.question_id"
    ),
}
"""Of what a version is made, and how the version of a row is found."""
_RAISE = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"


def _published(table: str, row: str) -> str:
    """The condition that what `row` (OLD or NEW) belongs to is published."""
    version = _VERSION_OF[table].format(row=row)
    return (
        "EXISTS (SELECT 1 FROM training_courseversion"  # noqa: S608 # nosec B608 - constants
        f" WHERE published_at IS NOT NULL AND id IN ({version}))"
    )


def _postgresql(table: str) -> list[str]:
    """Waits for whoever is publishing, so that nothing slips in meanwhile."""
    old, new = (_VERSION_OF[table].format(row=row) for row in ("OLD", "NEW"))
    return [
        f"""
        CREATE FUNCTION {table}_stands() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            published timestamptz;
        BEGIN
            FOR published IN SELECT published_at FROM training_courseversion
                WHERE id IN ({old}) OR id IN ({new}) FOR SHARE
            LOOP
                IF published IS NOT NULL THEN
                    RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'restrict_violation';
                END IF;
            END LOOP;
            IF TG_OP = 'DELETE' THEN
                RETURN OLD;
            END IF;
            RETURN NEW;
        END $$
        """,  # noqa: S608 # nosec B608 - constants
        f"""
        CREATE TRIGGER {table}_stands BEFORE INSERT OR UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_stands()
        """,
        # Also for a session that calls itself a replica.
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_stands",
    ]


def _sqlite(table: str) -> list[str]:
    old, new = _published(table, "OLD"), _published(table, "NEW")
    # INSERT OR REPLACE deletes without firing a DELETE trigger.
    replaced = _published(table, "was")
    return [
        f"CREATE TRIGGER {table}_not_changed BEFORE UPDATE ON {table} WHEN {old} OR {new} {_RAISE}",
        f"CREATE TRIGGER {table}_not_deleted BEFORE DELETE ON {table} WHEN {old} {_RAISE}",
        f"""
        CREATE TRIGGER {table}_not_added BEFORE INSERT ON {table}
        WHEN {new} OR EXISTS (SELECT 1 FROM {table} was WHERE was.id = NEW.id AND {replaced})
        {_RAISE}
        """,  # noqa: S608 # nosec B608 - constants
    ]


_INSTALL = {
    "postgresql": [
        f"""
        CREATE FUNCTION training_courseversion_stands() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'restrict_violation';
        END $$
        """,
        """
        CREATE TRIGGER training_courseversion_stands
            BEFORE UPDATE OR DELETE ON training_courseversion
            FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
            EXECUTE FUNCTION training_courseversion_stands()
        """,
        "ALTER TABLE training_courseversion ENABLE ALWAYS TRIGGER training_courseversion_stands",
        *(statement for table in _VERSION_OF for statement in _postgresql(table)),
    ],
    "sqlite": [
        f"""
        CREATE TRIGGER training_courseversion_not_changed BEFORE UPDATE ON training_courseversion
        WHEN OLD.published_at IS NOT NULL {_RAISE}
        """,
        f"""
        CREATE TRIGGER training_courseversion_not_deleted BEFORE DELETE ON training_courseversion
        WHEN OLD.published_at IS NOT NULL {_RAISE}
        """,
        f"""
        CREATE TRIGGER training_courseversion_not_added BEFORE INSERT ON training_courseversion
        WHEN EXISTS (
            SELECT 1 FROM training_courseversion
            WHERE id = NEW.id AND published_at IS NOT NULL
        ) {_RAISE}
        """,  # noqa: S608 # nosec B608 - constants
        *(statement for table in _VERSION_OF for statement in _sqlite(table)),
    ],
}
_TABLES = ("training_courseversion", *_VERSION_OF)
_REMOVE = {
    "postgresql": [
        statement
        for table in _TABLES
        for statement in (
            f"DROP TRIGGER {table}_stands ON {table}",
            f"DROP FUNCTION {table}_stands()",
        )
    ],
    "sqlite": [
        f"DROP TRIGGER {table}_not_{done}"
        for table in _TABLES
        for done in ("changed", "deleted", "added")
    ],
}

_TRIGGERS = TriggerSet(_INSTALL, _REMOVE)
install, remove = _TRIGGERS.install, _TRIGGERS.remove
