"""Whatever is done to the trail is found, and the first broken entry is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import assume, given
from hypothesis import strategies as st

from audit import chain, triggers
from audit.canonical import FIELDS, GENESIS, canonical_json, entry_hash
from audit.models import ChainHead, Entry
from audit.signing import public_key, signed_head
from tests.audit.trail import broken, chain_of, record_several

LENGTH = 6
TEXT = st.text(st.characters(codec="utf-8"), max_size=30)


def test_a_chain_as_it_was_written_is_unbroken() -> None:
    entries = chain_of(LENGTH)
    head = {"sequence": LENGTH, "hash": entries[-1]["hash"]}
    assert broken(entries, head=head, signed=head) == ""
    assert broken([], head={"sequence": 0, "hash": GENESIS}) == ""


@given(
    at=st.integers(0, LENGTH - 1),
    field=st.sampled_from([*FIELDS, "previous_hash", "hash"]),
    value=TEXT | st.integers() | st.none(),
)
def test_any_change_of_any_field_of_any_entry_is_found(at: int, field: str, value: object) -> None:
    entries = chain_of(LENGTH)
    assume(value != entries[at][field])
    entries[at][field] = value
    # The very last hash depends on the head: nothing comes after it.
    head = {"sequence": LENGTH, "hash": chain_of(LENGTH)[-1]["hash"]}
    found = broken(entries, head=head)
    assert f"ntry {at + 1}" in found or f"entry {at} comes" in found


@given(at=st.integers(0, LENGTH - 1), field=st.sampled_from(FIELDS[1:]), value=TEXT)
def test_a_change_with_its_own_hash_made_anew_is_found_at_the_next(
    at: int, field: str, value: str
) -> None:
    entries = chain_of(LENGTH)
    head = {"sequence": LENGTH, "hash": entries[-1]["hash"]}
    assume(value != entries[at][field])
    entries[at][field] = value
    entries[at]["hash"] = entry_hash(entries[at]["previous_hash"], entries[at])
    expected = f"Entry {at + 2} does not follow" if at + 1 < LENGTH else "The end of the trail"
    assert broken(entries, head=head).startswith(expected)


@given(at=st.integers(0, LENGTH - 2))
def test_a_removed_entry_is_found(at: int) -> None:
    entries = chain_of(LENGTH)
    del entries[at]
    assert f"entry {at + 1} is missing" in broken(entries)


@given(at=st.integers(0, LENGTH))
def test_an_inserted_entry_is_found(at: int) -> None:
    entries = chain_of(LENGTH)
    head = {"sequence": LENGTH, "hash": entries[-1]["hash"]}
    stranger = dict(chain_of(LENGTH + 1, reason="never happened")[at])
    entries.insert(at, stranger)
    assert broken(entries, head=head)


@given(order=st.permutations(range(LENGTH)))
def test_another_order_is_found(order: list[int]) -> None:
    assume(list(order) != sorted(order))
    entries = chain_of(LENGTH)
    assert broken([entries[number] for number in order])
    # Also where the numbers are put right again.
    renumbered = [
        {**entries[number], "sequence": sequence} for sequence, number in enumerate(order, 1)
    ]
    assert broken(renumbered)


@given(kept=st.integers(0, LENGTH - 1))
def test_a_tail_cut_off_with_the_head_put_back_is_found_by_an_earlier_signed_head(
    kept: int,
) -> None:
    entries = chain_of(LENGTH)
    signed = {"sequence": LENGTH, "hash": entries[-1]["hash"]}
    cut = entries[:kept]
    head = {"sequence": kept, "hash": cut[-1]["hash"] if cut else GENESIS}
    assert broken(cut, head=head) == ""
    assert "missing from the end" in broken(cut, head=head, signed=signed)


def test_a_trail_written_anew_from_the_start_is_found_by_an_earlier_signed_head() -> None:
    signed = {"sequence": 4, "hash": chain_of(4)[-1]["hash"]}
    anew = chain_of(LENGTH, reason="a nicer story")
    assert broken(anew, signed=signed) == "Entry 4 is not the one that the signed head names."


@given(entry=st.fixed_dictionaries(dict.fromkeys(FIELDS, TEXT)), previous=TEXT)
def test_the_application_and_the_stand_alone_verifier_hash_alike(
    entry: dict[str, Any], previous: str
) -> None:
    entry |= {"sequence": 1, "details": canonical_json({"after": entry["details"]})}
    entry = {name: v.replace("\0", "") if isinstance(v, str) else v for name, v in entry.items()}
    whole = {**entry, "previous_hash": GENESIS, "hash": entry_hash(GENESIS, entry)}
    assert broken([whole]) == ""


@pytest.fixture
def without_triggers() -> Iterator[None]:
    """As somebody who owns the database could have it."""
    record_several(5)
    triggers.remove(connection)
    yield
    triggers.install(connection)


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
@pytest.mark.usefixtures("without_triggers")
class TestTheRunningDatabase:
    def test_is_unbroken_as_written(self) -> None:
        assert chain.verify() == chain.Verdict(True, "5 entries, each as it was written.")

    @pytest.mark.parametrize(
        ("sql", "words"),
        [
            ("UPDATE audit_entry SET reason = 'x' WHERE sequence = 3", "Entry 3 has been changed"),
            (
                "UPDATE audit_entry SET details = details || ' ' WHERE sequence = 2",
                "Entry 2 has been changed",
            ),
            (
                "UPDATE audit_entry SET at = '2020-01-01 00:00:00+00:00' WHERE sequence = 4",
                "Entry 4 has been changed",
            ),
            ("DELETE FROM audit_entry WHERE sequence = 2", "entry 2 is missing"),
            ("DELETE FROM audit_entry WHERE sequence = 5", "the head says entry 5"),
            ("DELETE FROM audit_entry", "the head says entry 5"),
            ("DELETE FROM audit_chainhead", "The head of the trail is missing"),
            ("UPDATE audit_chainhead SET sequence = 4", "Entry 5 was added behind"),
            ("UPDATE audit_chainhead SET hash = 'x'", "The end of the trail"),
        ],
    )
    def test_shows_what_was_done_to_it(self, sql: str, words: str) -> None:
        run(sql)
        verdict = chain.verify()
        assert not verdict.unbroken
        assert words in verdict.words

    def test_shows_a_tail_cut_off_to_whoever_kept_a_signed_head(self, tmp_path: Path) -> None:
        kept = tmp_path / "head.json"
        kept.write_text(json.dumps(signed_head(ChainHead.objects.get())))
        fourth = Entry.objects.get(sequence=4)
        run("DELETE FROM audit_entry WHERE sequence = 5")
        ChainHead.objects.update(sequence=4, hash=fourth.hash)
        assert chain.verify().unbroken
        assert "missing from the end" in chain.verify(kept, public_key()).words

    def test_refuses_a_head_signed_by_somebody_else(self, tmp_path: Path, settings: Any) -> None:
        councils = public_key()
        settings.AUDIT_SIGNING_KEY = "22" * 32
        forged = tmp_path / "head.json"
        forged.write_text(json.dumps(signed_head(ChainHead.objects.get())))
        assert chain.verify(forged).unbroken
        assert "signature of head.json does not hold" in chain.verify(forged, councils).words


@pytest.mark.django_db
def test_verifying_takes_the_same_two_queries_for_any_number_of_entries() -> None:
    record_several(3)
    with CaptureQueriesContext(connection) as few:
        chain.verify()
    record_several(40)
    with CaptureQueriesContext(connection) as many:
        chain.verify()
    assert len(few) == len(many) <= 4
