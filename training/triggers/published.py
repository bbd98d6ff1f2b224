"""Triggers by which what a version of a course is made of stands, once it is published.

No row of such a table is added, changed or deleted as long as it belongs to a published version.
"""

from __future__ import annotations

from collections.abc import Mapping

from audit.trigger_set import TriggerSet


def parts_stand(version_of: Mapping[str, str], refused: str) -> TriggerSet:
    """For each table how the version of a row is found: SQL with `{row}`, which is OLD or NEW."""
    tables = version_of.items()
    coming = {
        "postgresql": [each for one in tables for each in _postgresql(*one, refused)],
        "sqlite": [each for one in tables for each in _sqlite(*one, refused)],
    }
    going = {
        "postgresql": [
            statement
            for table in version_of
            for statement in (
                f"DROP TRIGGER {table}_stands ON {table}",
                f"DROP FUNCTION {table}_stands()",
            )
        ],
        "sqlite": [
            f"DROP TRIGGER {table}_not_{done}"
            for table in version_of
            for done in ("changed", "deleted", "added")
        ],
    }
    return TriggerSet(coming, going)


def _postgresql(table: str, version_of: str, refused: str) -> list[str]:
    """Waits for whoever is publishing, so that nothing slips in meanwhile."""
    old, new = (version_of.format(row=row) for row in ("OLD", "NEW"))
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
                    RAISE EXCEPTION '{refused}' USING ERRCODE = 'restrict_violation';
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


def _sqlite(table: str, version_of: str, refused: str) -> list[str]:
    def published(row: str) -> str:
        """The condition that what `row` belongs to is published."""
        return (
            "EXISTS (SELECT 1 FROM training_courseversion"  # noqa: S608 # nosec B608 - constants
            f" WHERE published_at IS NOT NULL AND id IN ({version_of.format(row=row)}))"
        )

    stop = f"BEGIN SELECT RAISE(ABORT, '{refused}'); END"
    old, new = published("OLD"), published("NEW")
    # INSERT OR REPLACE deletes without firing a DELETE trigger.
    replaced = published("was")
    return [
        f"CREATE TRIGGER {table}_not_changed BEFORE UPDATE ON {table} WHEN {old} OR {new} {stop}",
        f"CREATE TRIGGER {table}_not_deleted BEFORE DELETE ON {table} WHEN {old} {stop}",
        f"""
        CREATE TRIGGER {table}_not_added BEFORE INSERT ON {table}
        WHEN {new} OR EXISTS (SELECT 1 FROM {table} was WHERE was.id = NEW.id AND {replaced})
        {stop}
        """,  # noqa: S608 # nosec B608 - constants
    ]
