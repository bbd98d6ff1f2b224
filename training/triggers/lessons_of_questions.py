"""What the database itself refuses: a question that names a lesson of another version.

It is asked inside that lesson, or sends people to it again: a lesson of another version is nothing
that they can open, and nothing that was published with it. A constraint sees one row, and the
version of the lesson is on another: it takes triggers.

Django's SQLite schema editor re-makes a table to alter it and so loses them: a later migration of
`Lesson` or `Question` must call `remove` before and `install` after.
"""

from __future__ import annotations

from audit.trigger_set import TriggerSet

REFUSED = "a question names only lessons of its own version"

_STRANGE_LESSON = """
    EXISTS (
        SELECT 1 FROM training_lesson
        WHERE id IN (NEW.lesson_id, NEW.taught_in_id) AND version_id <> NEW.version_id
    )
"""
_STRANGE_QUESTION = """
    EXISTS (
        SELECT 1 FROM training_question
        WHERE (lesson_id = NEW.id OR taught_in_id = NEW.id) AND version_id <> NEW.version_id
    )
"""
_CONDITIONS = {"training_question": _STRANGE_LESSON, "training_lesson": _STRANGE_QUESTION}


def _postgresql(table: str, strange: str) -> list[str]:
    return [
        f"""
        CREATE FUNCTION {table}_same_version() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {strange} THEN
                RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$
        """,
        f"""
        CREATE TRIGGER {table}_same_version BEFORE INSERT OR UPDATE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_same_version()
        """,
    ]


def _sqlite(table: str, strange: str) -> list[str]:
    return [
        f"""
        CREATE TRIGGER {table}_same_version_{when} BEFORE {when} ON {table} WHEN {strange}
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
        """
        for when in ("insert", "update")
    ]


_INSTALL = {
    "postgresql": [each for one in _CONDITIONS.items() for each in _postgresql(*one)],
    "sqlite": [each for one in _CONDITIONS.items() for each in _sqlite(*one)],
}
_REMOVE = {
    "postgresql": [
        statement
        for table in _CONDITIONS
        for statement in (
            f"DROP TRIGGER {table}_same_version ON {table}",
            f"DROP FUNCTION {table}_same_version()",
        )
    ],
    "sqlite": [
        f"DROP TRIGGER {table}_same_version_{when}"
        for table in _CONDITIONS
        for when in ("insert", "update")
    ],
}

_TRIGGERS = TriggerSet(_INSTALL, _REMOVE)
install, remove = _TRIGGERS.install, _TRIGGERS.remove
