"""Who acknowledged a policy: by service area, for whoever keeps policies or training records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.access import demand, holds
from accounts.models import User
from accounts.permissions import Permission
from accounts.reach import holds_everywhere
from audit.catalogue import Event
from audit.record import record
from pages.csv_cells import csv_pieces
from training.models import Acknowledgement, PolicyDocument, PolicyVersion

HEADINGS = ("person", "e-mail address", "service area", "acknowledged on", "good until")
NO_AREA = "No service area"


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the people of one service area have acknowledged it."""

    area: str
    done: int
    people: int

    @property
    def percent(self) -> int:
        return 100 * self.done // self.people if self.people else 0


def may_see_acknowledgements(reader: User) -> bool:
    return holds(reader, Permission.EDIT_POLICIES, Permission.SEE_TRAINING_RECORDS)


def people_seen_by(reader: User) -> QuerySet[User]:
    """Everybody who works here; for a line manager their own team."""
    people = User.objects.employed()
    everywhere = (Permission.EDIT_POLICIES, Permission.SEE_TRAINING_RECORDS)
    if any(holds_everywhere(reader, each) for each in everywhere):
        return people
    return people.filter(Q(pk=reader.pk) | Q(manager=reader))


def shares(version: PolicyVersion, reader: User) -> list[Share]:
    """By service area; acknowledgements that ran out do not count. One query."""
    done = _counting(version, timezone.localdate()).filter(user=OuterRef("pk"))
    rows = people_seen_by(reader).annotate(done=Exists(done))
    people: Counter[str] = Counter()
    acknowledged: Counter[str] = Counter()
    for area, has in rows.values_list("service_area__name", "done"):
        people[area or NO_AREA] += 1
        acknowledged[area or NO_AREA] += has
    return [Share(area, acknowledged[area], people[area]) for area in sorted(people)]


def export(document: PolicyDocument, version: PolicyVersion, *, by: User) -> Iterator[bytes]:
    """A line for each person, in pieces; the trail has it before the first byte goes out.

    Raises NotAllowed.
    """
    if not holds(by, Permission.EDIT_POLICIES):
        demand(by, Permission.SEE_TRAINING_RECORDS)
    with transaction.atomic():
        after = {"version": version.number, "format": "CSV"}
        record(Event.POLICY_EXPORTED, by=by, on=document, after=after)
    return csv_pieces(_lines(version, by))


def _lines(version: PolicyVersion, reader: User) -> Iterator[list[str]]:
    yield list(HEADINGS)
    given: dict[int, Acknowledgement] = {}
    for each in _counting(version, timezone.localdate()).order_by("acknowledged_at"):
        given[each.user_id] = each
    people = people_seen_by(reader).select_related("service_area").order_by("name", "pk")
    for person in people.iterator(500):
        has = given.get(person.pk)
        yield [
            person.name,
            person.email,
            person.service_area.name if person.service_area else "",
            timezone.localdate(has.acknowledged_at).isoformat() if has else "",
            has.expires_on.isoformat() if has else "",
        ]


def _counting(version: PolicyVersion, on: date) -> QuerySet[Acknowledgement]:
    return Acknowledgement.objects.counting(on).filter(version=version)
