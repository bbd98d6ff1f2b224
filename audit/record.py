"""Writing the audit trail. There is no other way in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import connection, models
from django.utils import timezone

from audit import address
from audit.canonical import canonical_json, entry_hash, moment, storable
from audit.catalogue import Event
from audit.models import ChainHead, Entry

SYSTEM = "Council Social"
"""The actor's name where nobody asked: a worker, the clock, a command."""
REASON_MAX = 4_000
DETAILS_MAX = 20_000
LENGTHS = {
    field.name: field.max_length
    for field in Entry._meta.get_fields()
    if isinstance(field, models.CharField) and field.max_length
}


class Person(Protocol):
    """Whoever did it: a user, as far as the audit trail cares."""

    @property
    def pk(self) -> object: ...
    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...


@dataclass(frozen=True)
class Subject:
    """Something without a row of its own that an entry is about, e.g. an unknown address."""

    type: str
    id: str
    name: str


Happened = Mapping[str, object]
"""The fields of an entry before it has its place in the chain: see `happened`."""


class TransactionRequired(RuntimeError):
    """Something was recorded outside the transaction that does it."""


def record(
    event: Event,
    *,
    by: Person | None,
    on: object,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> Entry:
    """Add an entry to the chain and return it. Call it last before the commit.

    The chain is locked until the transaction ends, so that entries stand in the order of their
    sequence and none is missing after a roll-back. Two queries.

    `by` is the person, or None for the system. `on` is a model instance (its `audit_name`, else
    its `str()`, is the name that is kept) or a `Subject`. `before` and `after` hold small facts,
    never a secret or a text; too long ones are cut.

    Raises TransactionRequired outside a transaction, and ValueError for an event that is not
    in the catalogue.
    """
    [entry] = record_all([happened(event, by=by, on=on, before=before, after=after, reason=reason)])
    return entry


def record_all(happenings: Sequence[Happened]) -> list[Entry]:
    """Add several entries to the chain, in this order: two queries for all of them.

    What is said of `record` holds.
    """
    if not connection.in_atomic_block:
        events = ", ".join(repr(words["event"]) for words in happenings)
        raise TransactionRequired(f"Record {events} inside the transaction that does it.")
    return _append(happenings) if happenings else []


def happened(
    event: Event,
    *,
    by: Person | None,
    on: object,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> Happened:
    """What `record_all` is given: the words of an entry, as they are now."""
    known = Event(event)
    facts = {"before": before, "after": after}
    subject = _subject(on)
    return {
        "actor_name": _cut("actor_name", by.name if by else SYSTEM),
        "actor_email": _cut("actor_email", by.email if by else ""),
        "actor_id": _cut("actor_id", str(by.pk) if by else ""),
        "address": _cut("address", address.current()),
        "event": known.value,
        "subject_type": _cut("subject_type", subject.type),
        "subject_id": _cut("subject_id", subject.id),
        "subject_name": _cut("subject_name", subject.name),
        "details": _details({side: facts[side] for side in facts if facts[side] is not None}),
        "reason": _shorten(storable(reason), REASON_MAX),
    }


def _append(happenings: Sequence[Happened]) -> list[Entry]:
    head = ChainHead.objects.select_for_update().get(pk=1)
    # Only now: entries are in order of time because the lock is held.
    at = timezone.now()
    sequence, previous = head.sequence, head.hash
    entries = []
    for words in happenings:
        sequence += 1
        digest = entry_hash(previous, {**words, "sequence": sequence, "at": moment(at)})
        entries.append(
            Entry(sequence=sequence, at=at, previous_hash=previous, hash=digest, **words)
        )
        previous = digest
    # The head itself is moved by the database, in the trigger that checks the new entries.
    Entry.objects.bulk_create(entries)
    for entry in entries:
        entry.details = json.loads(entry.details)
    return entries


def _subject(on: object) -> Subject:
    if isinstance(on, Subject):
        return on
    if not isinstance(on, models.Model):
        raise TypeError(f"An audit entry is about a model or a Subject, not {type(on).__name__}.")
    return Subject(on._meta.label_lower, str(on.pk), str(getattr(on, "audit_name", on)))


def _cut(field: str, text: str) -> str:
    return _shorten(storable(str(text)), LENGTHS[field])


def _shorten(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _details(facts: Mapping[str, object]) -> str:
    text = canonical_json(facts)
    if len(text) <= DETAILS_MAX:
        return text
    return canonical_json({"cut": True, "length": len(text), "start": text[: DETAILS_MAX // 4]})
