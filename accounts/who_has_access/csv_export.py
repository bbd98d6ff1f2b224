"""Who could post on a day, as a CSV file: a line for each role of each person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import SocialAccount, User
from accounts.permissions import Permission
from accounts.who_has_access.on_a_day import Day, Person, Way, who_could_post
from audit.catalogue import Event
from audit.record import record
from pages.csv_cells import csv_pieces

HEADINGS = (
    "person", "e-mail address", "could post", "through", "since", "until", "given by", "reason",
    "what was missing",
)  # fmt: skip


def export_access(account: SocialAccount, day: date, *, by: User) -> Iterator[bytes]:
    """The file in pieces; the trail has it before the first byte goes out. Raises NotAllowed."""
    demand(by, Permission.SEE_ACCESS, on=account)
    with transaction.atomic():
        what = f"who could post on {day:%-d %B %Y}"
        record(Event.ACCESS_EXPORTED, by=by, on=account, after={"what": what, "format": "CSV"})
    return csv_pieces(_lines(who_could_post(account, day)))


def _lines(found: Day) -> Iterator[list[str]]:
    yield list(HEADINGS)
    for person in (*found.could, *found.could_not):
        for way in person.ways:
            yield _line(person, way)


def _line(person: Person, way: Way) -> list[str]:
    return [
        person.user.name,
        person.user.email,
        "yes" if person.could else "no",
        way.role,
        timezone.localtime(way.since).isoformat(timespec="minutes"),
        timezone.localtime(way.until).isoformat(timespec="minutes") if way.until else "",
        way.given_by,
        way.reason,
        " ".join(missing.what for missing in person.missing),
    ]
