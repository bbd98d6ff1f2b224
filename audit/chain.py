"""Checking the chain in the running database: one pass, constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import DatabaseError
from django.db.models import F, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from audit.canonical import FIELDS, moment
from audit.models import ChainHead, Entry
from audit.standalone import verify_audit

READ_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking found: `words` name the first broken entry, or how many there are."""

    unbroken: bool
    words: str


def verify(signed_head: Path | None = None, key: str | None = None) -> Verdict:
    """Check every entry, the head, and an earlier signed head where one is given.

    Entries that are added while it runs are not looked at. `key` is the public key that the
    signed head must carry. Raises OSError if the file of the signed head cannot be read.
    """
    try:
        signed = verify_audit.read_head(signed_head, key) if signed_head else None
        head = _head()
        entries = Entry.objects.filter(sequence__lte=head["sequence"])
        count = verify_audit.check(raw(entries), head, signed)
    except verify_audit.Broken as broken:
        return Verdict(False, str(broken))
    except (DatabaseError, ValueError) as error:
        return Verdict(False, f"An entry cannot be read: {error}.")
    return Verdict(True, f"{count:,} entries, each as it was written.")


def _head() -> dict[str, Any]:
    # In one statement, so that an entry added meanwhile is not taken for one slipped in.
    last = Entry.objects.order_by("-sequence").values("sequence")[:1]
    head = ChainHead.objects.filter(pk=1).annotate(last=Subquery(last)).values().first()
    if head is None:
        raise verify_audit.Broken("The head of the trail is missing.")
    if (head["last"] or 0) > head["sequence"]:
        raise verify_audit.Broken(f"Entry {head['sequence'] + 1} was added behind the head's back.")
    return dict(head)


def raw(entries: QuerySet[Entry]) -> Iterator[dict[str, Any]]:
    """Entries in the order of the chain as they were hashed: `at` and `details` as text."""
    names = [name for name in FIELDS if name != "details"]
    rows = (
        entries.order_by("sequence")
        .annotate(text=Cast(F("details"), TextField()))
        .values(*names, "text", "previous_hash", "hash")
    )
    for row in rows.iterator(chunk_size=READ_AT_ONCE):
        row["details"] = row.pop("text")
        row["at"] = moment(row["at"]) if row["at"] else ""
        yield row
