"""The one form in which an entry is hashed.

An entry's canonical form is a JSON object of its twelve fields (all but the two hashes), with
- the keys sorted, no white space between tokens, and no character escaped that JSON does not
  oblige to be (Python: `sort_keys=True, separators=(",", ":"), ensure_ascii=False`), in UTF-8;
- `sequence` a number and everything else text;
- `at` in UTC with microseconds: `2026-05-07T09:30:00.000000Z`;
- `details` as the text that stands in the database: itself canonical JSON, by the same rules. As
  text, because then no byte of it can change unseen and no database can re-write its numbers.

The hash is SHA-256, in lower-case hexadecimal, of the previous entry's hash (64 ASCII characters)
followed by the canonical form. The first entry's previous hash is 64 noughts.
`standalone/verify_audit.py` repeats this on purpose, so that an outsider needs nothing of ours.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime

GENESIS = "0" * 64

FIELDS = (
    "sequence",
    "at",
    "actor_name",
    "actor_email",
    "actor_id",
    "address",
    "event",
    "subject_type",
    "subject_id",
    "subject_name",
    "details",
    "reason",
)


def canonical_json(value: object) -> str:
    """JSON in the canonical form. Raises ValueError for NaN and infinity.

    Times become UTC text; whatever else JSON has no form for becomes its `str()`.
    """
    text = json.dumps(
        value,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
        default=_as_json,
    )
    return storable(text)


def entry_hash(previous_hash: str, fields: Mapping[str, object]) -> str:
    """The hash of an entry whose `FIELDS` are in `fields` (`at` and `details` already text)."""
    body = canonical_json({name: fields[name] for name in FIELDS})
    return hashlib.sha256(previous_hash.encode() + body.encode()).hexdigest()


def moment(at: datetime) -> str:
    """A time as it stands in the canonical form. Raises ValueError for one without a zone."""
    if at.tzinfo is None:
        raise ValueError("A time in the audit trail needs a time zone.")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def storable(text: str) -> str:
    """The text without what a database cannot hold: NUL and halves of surrogate pairs."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _as_json(value: object) -> str:
    if isinstance(value, datetime):
        return moment(value) if value.tzinfo else value.isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
