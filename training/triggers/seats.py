"""What the database itself refuses about sessions: a place beyond their number.

A constraint sees one row, and the number of places is on another: it takes triggers. Django's
SQLite schema editor re-makes a table to alter it and so loses them: a later migration of `Booking`
or `TrainingSession` must call `remove` before and `install` after.
"""

from __future__ import annotations

from audit.trigger_set import TriggerSet

BEYOND = "the session has no such place"
FEWER = "more places of the session are taken"

_INSTALL = {
    "postgresql": [
        f"""
        CREATE FUNCTION training_seat_exists() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            -- Waits for whoever changes the number of places at this moment.
            IF NEW.seat > (SELECT places FROM training_trainingsession
                           WHERE id = NEW.session_id FOR SHARE) THEN
                RAISE EXCEPTION '{BEYOND}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$
        """,  # noqa: S608 # nosec B608 - a constant
        """
        CREATE TRIGGER training_seat_exists BEFORE INSERT OR UPDATE OF seat, session_id
            ON training_booking FOR EACH ROW WHEN (NEW.seat IS NOT NULL)
            EXECUTE FUNCTION training_seat_exists()
        """,
        f"""
        CREATE FUNCTION training_places_suffice() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM training_booking
                       WHERE session_id = NEW.id AND seat > NEW.places) THEN
                RAISE EXCEPTION '{FEWER}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$
        """,  # noqa: S608 # nosec B608 - a constant
        """
        CREATE TRIGGER training_places_suffice BEFORE UPDATE OF places
            ON training_trainingsession FOR EACH ROW WHEN (NEW.places < OLD.places)
            EXECUTE FUNCTION training_places_suffice()
        """,
    ],
    "sqlite": [
        f"""
        CREATE TRIGGER training_seat_exists_insert BEFORE INSERT ON training_booking
        WHEN NEW.seat > (SELECT places FROM training_trainingsession WHERE id = NEW.session_id)
        BEGIN SELECT RAISE(ABORT, '{BEYOND}'); END
        """,  # noqa: S608 # nosec B608 - a constant
        f"""
        CREATE TRIGGER training_seat_exists_update BEFORE UPDATE ON training_booking
        WHEN NEW.seat > (SELECT places FROM training_trainingsession WHERE id = NEW.session_id)
        BEGIN SELECT RAISE(ABORT, '{BEYOND}'); END
        """,  # noqa: S608 # nosec B608 - a constant
        f"""
        CREATE TRIGGER training_places_suffice BEFORE UPDATE ON training_trainingsession
        WHEN EXISTS (
            SELECT 1 FROM training_booking WHERE session_id = NEW.id AND seat > NEW.places
        )
        BEGIN SELECT RAISE(ABORT, '{FEWER}'); END
        """,  # noqa: S608 # nosec B608 - a constant
    ],
}
_REMOVE = {
    "postgresql": [
        "DROP TRIGGER training_seat_exists ON training_booking",
        "DROP TRIGGER training_places_suffice ON training_trainingsession",
        "DROP FUNCTION training_seat_exists()",
        "DROP FUNCTION training_places_suffice()",
    ],
    "sqlite": [
        "DROP TRIGGER training_seat_exists_insert",
        "DROP TRIGGER training_seat_exists_update",
        "DROP TRIGGER training_places_suffice",
    ],
}

_TRIGGERS = TriggerSet(_INSTALL, _REMOVE)
install, remove = _TRIGGERS.install, _TRIGGERS.remove
