"""Taking the audit trail out: for reading as CSV, for proving as an evidence bundle.

Each leaves an entry of its own, written before the first byte goes out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db import transaction
from django.db.models import QuerySet

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.csv_export import csv_pieces
from audit.evidence_bundle import zip_bundle
from audit.models import Entry
from audit.record import Subject, record

WITHOUT_RANGE = 10_000
"""More entries than this are taken out only for a range of dates."""
TRAIL = Subject("audit.entry", "", "the audit trail")


def is_too_many(entries: QuerySet[Entry]) -> bool:
    """Whether there are more than `WITHOUT_RANGE`; counts no further."""
    return entries.order_by()[: WITHOUT_RANGE + 1].count() > WITHOUT_RANGE


def export_csv(entries: QuerySet[Entry], *, by: User, chosen: Mapping[str, str]) -> Iterator[bytes]:
    """The entries as CSV in pieces. Raises NotAllowed."""
    _record(by, {"format": "CSV", "filters": dict(chosen)})
    return csv_pieces(entries)


def export_bundle(*, by: User) -> Iterator[bytes]:
    """The whole trail as a zip file in pieces. Raises NotAllowed."""
    _record(by, {"format": "an evidence bundle"})
    return zip_bundle()


def _record(by: User, after: Mapping[str, object]) -> None:
    demand(by, Permission.EXPORT_AUDIT)
    with transaction.atomic():
        record(Event.AUDIT_EXPORTED, by=by, on=TRAIL, after=after)
