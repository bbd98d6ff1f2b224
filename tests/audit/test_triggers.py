"""The database itself refuses to alter the trail. Run on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from audit import triggers
from audit.models import ChainHead, Entry
from tests.audit.trail import record_several

pytestmark = pytest.mark.django_db

COPY_OF_FIRST = """
    INTO audit_entry SELECT {sequence}, at, actor_name, actor_email, actor_id, address, event,
    subject_type, subject_id, subject_name, details, reason, {previous}, hash
    FROM audit_entry WHERE sequence = 1
"""


@pytest.fixture(autouse=True)
def _three_entries() -> None:
    record_several(3)


def refused(sql: str) -> str:
    """The database's words as it refuses; fails where it does not."""
    before = _everything()
    with (
        pytest.raises(IntegrityError) as raised,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert _everything() == before
    return str(raised.value)


def _everything() -> tuple[object, object]:
    return list(Entry.objects.values()), list(ChainHead.objects.values())


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET reason = 'Nothing to see' WHERE sequence = 2",
        "UPDATE audit_entry SET sequence = 9 WHERE sequence = 3",
        "DELETE FROM audit_entry WHERE sequence = 3",
        "DELETE FROM audit_entry",
    ],
)
def test_an_entry_cannot_be_changed_or_deleted(sql: str) -> None:
    assert "the audit trail cannot be changed" in refused(sql)


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["audit_entry", "audit_chainhead", "audit_entry CASCADE"])
def test_the_trail_cannot_be_emptied(table: str) -> None:
    assert "TRUNCATE" in refused(f"TRUNCATE {table}")


@pytest.mark.postgres
def test_a_session_that_calls_itself_a_replica_is_refused_too() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    assert "cannot be changed" in refused("DELETE FROM audit_entry")


def test_what_a_database_does_on_conflict_does_not_get_round_it() -> None:
    copy = COPY_OF_FIRST.format(sequence=2, previous="previous_hash")
    overwriting = {
        "sqlite": f"INSERT OR REPLACE {copy}",
        "postgresql": f"INSERT {copy} ON CONFLICT (sequence) DO UPDATE SET reason = 'Changed'",
    }
    refused(overwriting[connection.vendor])


@pytest.mark.parametrize(
    ("sequence", "previous"),
    [
        ("4", "'not the hash of the third'"),
        ("5", "(SELECT hash FROM audit_chainhead)"),
        ("0", "(SELECT hash FROM audit_chainhead)"),
    ],
)
def test_an_entry_that_does_not_continue_the_chain_is_refused(sequence: str, previous: str) -> None:
    copy = COPY_OF_FIRST.format(sequence=sequence, previous=previous)
    assert "does not continue the audit chain" in refused(f"INSERT {copy}")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_chainhead SET sequence = 2",
        "UPDATE audit_chainhead SET hash = 'another'",
        "UPDATE audit_chainhead SET sequence = 4",
        "DELETE FROM audit_chainhead",
        "INSERT INTO audit_chainhead (id, sequence, hash) VALUES (2, 0, 'x')",
    ],
)
def test_the_head_cannot_be_moved_by_hand(sql: str) -> None:
    refused(sql)


def test_several_entries_may_be_added_at_once_if_they_continue_the_chain() -> None:
    entries = list(Entry.objects.order_by("sequence"))
    with transaction.atomic(), pytest.raises(DatabaseError):
        Entry.objects.bulk_create(entries)
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry")
    triggers.place_head(connection)
    triggers.install(connection)
    Entry.objects.bulk_create(entries)
    head = ChainHead.objects.get()
    assert (head.sequence, head.hash) == (3, entries[-1].hash)
