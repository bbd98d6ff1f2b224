from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from audit.address import coming_from
from audit.canonical import GENESIS
from audit.catalogue import Event
from audit.models import ChainHead, Entry
from audit.record import DETAILS_MAX, REASON_MAX, Subject, TransactionRequired, record
from tests.audit.trail import A_POST, Someone, record_several


@pytest.mark.django_db
def test_an_entry_holds_who_what_when_from_what_to_what_and_why() -> None:
    moment = datetime(2026, 5, 7, 9, 30, tzinfo=UTC)
    with time_machine.travel(moment, tick=False), coming_from("192.0.2.7"):
        record(
            Event.POST_APPROVED,
            by=Someone(),
            on=A_POST,
            before={"state": "awaiting approval"},
            after={"state": "approved", "version": 3},
            reason="Checked with the library",
        )
    entry = Entry.objects.get()
    assert entry.sequence == 1
    assert entry.at == datetime(2026, 5, 7, 9, 30, tzinfo=UTC)
    assert (entry.actor_name, entry.actor_email) == ("Priya Shah", "priya.shah@wealdmoor.example")
    assert (entry.actor_id, entry.address) == ("7", "192.0.2.7")
    assert entry.event == "post.approved"
    assert (entry.subject_type, entry.subject_id) == ("publishing.post", "12")
    assert entry.subject_name == "Library opens on Sundays"
    assert entry.details == {
        "before": {"state": "awaiting approval"},
        "after": {"state": "approved", "version": 3},
    }
    assert entry.reason == "Checked with the library"


@pytest.mark.django_db
def test_the_hash_is_what_the_documentation_says_it_is() -> None:
    with time_machine.travel(datetime(2026, 5, 7, 9, 30, tzinfo=UTC), tick=False):
        entry = record(Event.STOP_PLACED, by=None, on=Subject("publishing.stop", "1", "Café"))
    written_out = (
        '{"actor_email":"","actor_id":"","actor_name":"Council Social","address":"",'
        '"at":"2026-05-07T09:30:00.000000Z","details":"{}","event":"stop.placed","reason":"",'
        '"sequence":1,"subject_id":"1","subject_name":"Café","subject_type":"publishing.stop"}'
    )
    assert entry.previous_hash == GENESIS
    assert entry.hash == hashlib.sha256((GENESIS + written_out).encode("utf-8")).hexdigest()


@pytest.mark.django_db
def test_each_entry_follows_the_one_before_and_the_head_follows_them_all() -> None:
    first, second, third = record_several(3)
    assert [first.sequence, second.sequence, third.sequence] == [1, 2, 3]
    assert (second.previous_hash, third.previous_hash) == (first.hash, second.hash)
    head = ChainHead.objects.get()
    assert (head.sequence, head.hash) == (3, third.hash)


@pytest.mark.django_db
def test_the_subject_is_named_by_its_audit_name_and_else_by_its_str() -> None:
    library = Entry(sequence=5)
    library.audit_name = "Wealdmoor Library"  # type: ignore[attr-defined]
    entry = record(Event.ACCOUNT_CHANGED, by=None, on=library)
    assert (entry.subject_type, entry.subject_id) == ("audit.entry", "5")
    assert entry.subject_name == "Wealdmoor Library"
    again = record(Event.AUDIT_VERIFIED, by=None, on=entry)
    assert again.subject_name == str(entry)


@pytest.mark.django_db
def test_what_is_neither_a_model_nor_a_subject_is_refused() -> None:
    with pytest.raises(TypeError, match="about a model or a Subject"):
        record(Event.POST_APPROVED, by=None, on="the post")


@pytest.mark.django_db
def test_an_event_outside_the_catalogue_is_refused() -> None:
    with pytest.raises(ValueError, match=r"post\.liked"):
        record("post.liked", by=None, on=A_POST)  # type: ignore[arg-type]
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused() -> None:
    with pytest.raises(TransactionRequired, match=r"post\.approved"):
        record(Event.POST_APPROVED, by=None, on=A_POST)
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_transaction_rolled_back_leaves_no_gap() -> None:
    record_several(1)
    with transaction.atomic():
        record(Event.POST_APPROVED, by=None, on=A_POST)
        transaction.set_rollback(True)
    record_several(1)
    assert list(Entry.objects.values_list("sequence", flat=True)) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_the_trail_is_empty_again_after_a_test_with_transactions_and_still_guarded() -> None:
    assert not Entry.objects.exists()
    assert ChainHead.objects.get().hash == GENESIS
    record_several(1)
    with pytest.raises(Exception, match="cannot be changed"):
        Entry.objects.all().delete()


@pytest.mark.django_db
def test_recording_takes_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        record(Event.POST_APPROVED, by=Someone(), on=A_POST)


@pytest.mark.django_db
def test_huge_texts_are_cut_and_never_stop_the_action() -> None:
    entry = record(
        Event.POST_APPROVED,
        by=Someone(name="P" * 100_000, email="p" * 1_000),
        on=Subject("publishing.post", "12", "L" * 100_000),
        after={"text": "x" * 100_000},
        reason="r" * 100_000,
    )
    entry = Entry.objects.get(pk=entry.pk)
    assert (len(entry.actor_name), len(entry.actor_email)) == (200, 254)
    assert len(entry.subject_name) == 300
    assert len(entry.reason) == REASON_MAX
    assert entry.details["cut"] is True
    assert len(json.dumps(entry.details)) < DETAILS_MAX


@pytest.mark.django_db
def test_characters_that_no_database_holds_are_replaced() -> None:
    entry = record(
        Event.POST_APPROVED,
        by=Someone(name="Pri\0ya"),
        on=Subject("publishing.post", "12", "half \ud800 a pair"),
        after={"note": "a \0 and half \udfff a pair"},
    )
    entry = Entry.objects.get(pk=entry.pk)
    assert entry.actor_name == "Pri\ufffdya"
    assert entry.subject_name == "half ? a pair"
    assert entry.details["after"]["note"] == "a \0 and half ? a pair"


@pytest.mark.django_db
def test_times_dates_and_the_like_become_text_and_what_is_no_number_is_refused() -> None:
    entry = record(
        Event.POST_SCHEDULED,
        by=None,
        on=A_POST,
        after={"due_at": datetime(2026, 5, 7, 9, 30, tzinfo=UTC), "day": date(2026, 5, 7)},
    )
    assert entry.details["after"] == {
        "due_at": "2026-05-07T09:30:00.000000Z",
        "day": "2026-05-07",
    }
    with pytest.raises(ValueError, match="JSON"):
        record(Event.POST_SCHEDULED, by=None, on=A_POST, after={"share": float("nan")})


@pytest.mark.django_db
def test_details_stand_in_the_database_as_the_text_that_was_hashed() -> None:
    record(Event.POST_APPROVED, by=None, on=A_POST, after={"b": 1.50, "a": [1e300, "é"]})
    with connection.cursor() as cursor:
        cursor.execute("SELECT details FROM audit_entry")
        assert cursor.fetchone() == ('{"after":{"a":[1e+300,"é"],"b":1.5}}',)
