"""Naming ambassadors, and ending it.

Whoever runs training sessions keeps them: communications, the digital team and HR.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import ServiceArea, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from training.models import Ambassador

KEEPS = Permission.RUN_SESSIONS


@transaction.atomic
def name_ambassador(
    *,
    by: User,
    area: ServiceArea,
    person: User,
    helps_with: str,
    reach: str,
    since: date,
    until: date | None = None,
) -> Ambassador:
    """Let `person` be asked by the people of `area` and below. Raises ValidationError."""
    locked = ServiceArea.objects.select_for_update(of=("self",)).get(pk=area.pk)
    demand(by, KEEPS)
    if not person.is_employed():
        raise ValidationError({"person": f"{person.name} does not work for the council any more."})
    _refuse_days(since, until)
    _close_what_ran_out(locked, person, by)
    if Ambassador.objects.open().filter(area=locked, person=person).exists():
        raise ValidationError({"person": f"{person.name} is an ambassador for {locked} already."})
    ambassador = Ambassador.objects.create(
        area=locked,
        person=person,
        helps_with=helps_with,
        reach=reach,
        since=since,
        until=until,
        named_by=by,
    )
    record(Event.AMBASSADOR_NAMED, by=by, on=ambassador, after=_facts(ambassador))
    return ambassador


@transaction.atomic
def change_ambassador(
    *,
    by: User,
    ambassador: Ambassador,
    helps_with: str,
    reach: str,
    since: date,
    until: date | None = None,
) -> Ambassador:
    """Change what they help with, how to reach them, or the days. Raises ValidationError."""
    locked = _lock_open(ambassador)
    demand(by, KEEPS)
    _refuse_days(since, until)
    before = _facts(locked)
    locked.helps_with, locked.reach = helps_with, reach
    locked.since, locked.until = since, until
    if _facts(locked) == before:
        return locked
    locked.save(update_fields=["helps_with", "reach", "since", "until"])
    record(Event.AMBASSADOR_CHANGED, by=by, on=locked, before=before, after=_facts(locked))
    return locked


@transaction.atomic
def end_ambassador(*, by: User, ambassador: Ambassador, reason: str) -> Ambassador:
    """They are not shown any more, from this moment. Raises ValidationError."""
    locked = _lock_open(ambassador)
    demand(by, KEEPS)
    _end(locked, by)
    record(Event.AMBASSADOR_ENDED, by=by, on=locked, reason=reason)
    return locked


def _lock_open(ambassador: Ambassador) -> Ambassador:
    rows = Ambassador.objects.select_for_update(of=("self",)).select_related("person", "area")
    locked = rows.get(pk=ambassador.pk)
    if locked.ended_at:
        raise ValidationError(f"{locked.person.name} is not an ambassador for {locked.area} now.")
    return locked


def _end(ambassador: Ambassador, by: User) -> None:
    ambassador.ended_at, ambassador.ended_by = timezone.now(), by
    ambassador.save(update_fields=["ended_at", "ended_by"])


def _close_what_ran_out(area: ServiceArea, person: User, by: User) -> None:
    over = Ambassador.objects.open().filter(
        area=area, person=person, until__lt=timezone.localdate()
    )
    for ambassador in over.select_for_update(of=("self",)):
        _end(ambassador, by)


def _refuse_days(since: date, until: date | None) -> None:
    if until and until < since:
        raise ValidationError({"until": "The last day must not be before the first."})


def _facts(ambassador: Ambassador) -> dict[str, object]:
    return {
        "helps_with": ambassador.helps_with,
        "reach": ambassador.reach,
        "since": ambassador.since,
        "until": ambassador.until,
    }
