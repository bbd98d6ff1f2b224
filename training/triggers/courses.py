"""What the database itself refuses about courses: that a published version changes or goes.

People learnt those very lessons and were asked those very questions. Neither the version's own row
nor a lesson, question or answer of it is added, changed or deleted once it is published.

Django's SQLite schema editor re-makes a table to alter it and so loses triggers: a later migration
of `CourseVersion`, `Lesson`, `Question` or `Answer` must call `remove` before and `install` after.
Those of `training.triggers.lessons_of_questions` are on two of the same tables.
"""

from __future__ import annotations

from audit.trigger_set import TriggerSet
from training.triggers.published import parts_stand

REFUSED = "a published version of a course is never changed"

_VERSION_OF = {
    "training_lesson": "SELECT id FROM training_courseversion WHERE id = {row}.version_id",
    "training_question": "SELECT id FROM training_courseversion WHERE id = {row}.version_id",
    "training_answer": (
        "SELECT q.version_id FROM training_question q WHERE q.id = {row}.question_id"
    ),
}
_PARTS = parts_stand(_VERSION_OF, REFUSED)
_RAISE = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"

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
        *_PARTS.coming["postgresql"],
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
        *_PARTS.coming["sqlite"],
    ],
}
_REMOVE = {
    "postgresql": [
        "DROP TRIGGER training_courseversion_stands ON training_courseversion",
        "DROP FUNCTION training_courseversion_stands()",
        *_PARTS.going["postgresql"],
    ],
    "sqlite": [
        *(
            f"DROP TRIGGER training_courseversion_not_{done}"
            for done in ("changed", "deleted", "added")
        ),
        *_PARTS.going["sqlite"],
    ],
}

_TRIGGERS = TriggerSet(_INSTALL, _REMOVE)
install, remove = _TRIGGERS.install, _TRIGGERS.remove
