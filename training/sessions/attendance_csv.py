"""Who booked a session and who came, as a CSV file."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from pages.csv_cells import csv_pieces
from training.models import TrainingSession

HEADINGS = (
    "person", "e-mail address", "service area", "booking", "booked on", "booked by", "marked by",
    "completion",
)  # fmt: skip


def export_attendance(session: TrainingSession, *, by: User) -> Iterator[bytes]:
    """The file in pieces; the trail has it before the first byte goes out. Raises NotAllowed."""
    demand(by, Permission.RUN_SESSIONS)
    with transaction.atomic():
        record(Event.ATTENDANCE_EXPORTED, by=by, on=session, after={"format": "CSV"})
    return csv_pieces(_lines(session))


def _lines(session: TrainingSession) -> Iterator[list[str]]:
    yield list(HEADINGS)
    rows = session.bookings.select_related(
        "person__service_area", "booked_by", "marked_by", "completion"
    )
    for each in rows.order_by("person__name", "pk"):
        yield [
            each.person.name,
            each.person.email,
            str(each.person.service_area or ""),
            each.get_state_display(),
            timezone.localdate(each.booked_at).isoformat(),
            each.booked_by.name if each.booked_by else "",
            each.marked_by.name if each.marked_by else "",
            each.completion.reference if each.completion else "",
        ]
