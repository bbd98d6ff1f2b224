"""Absences: who stands in for whom, and until when."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from publishing.models import Absence


@transaction.atomic
def enter_absence(
    *, by: User, person: User, cover: User | None, starts_on: date, ends_on: date
) -> Absence:
    """While `person` is away, `cover` stands in where a route names `person`; without rights of
    its own. Both days are with. One's own needs no right, another's the right to keep the routes.

    Raises ValidationError and NotAllowed.
    """
    locked = User.objects.select_for_update().get(pk=person.pk)
    if by.pk != person.pk:
        demand(by, Permission.EDIT_RULES)
    if ends_on < starts_on:
        raise ValidationError({"ends_on": "The last day must not be before the first."})
    if ends_on < timezone.localdate():
        raise ValidationError({"ends_on": "The last day has passed: enter one from today."})
    if cover and cover.pk == locked.pk:
        raise ValidationError({"cover": "Choose somebody else as cover."})
    there = Absence.objects.filter(person=locked, ended_at__isnull=True)
    if there.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise ValidationError("There is an absence on some of these days: end that one first.")
    absence = Absence.objects.create(
        person=locked, cover=cover, starts_on=starts_on, ends_on=ends_on, entered_by=by
    )
    record(Event.ABSENCE_ENTERED, by=by, on=locked, after=_facts(absence))
    return absence


@transaction.atomic
def end_absence(*, by: User, absence: Absence) -> Absence:
    """Take it back from now on. Ending it again is harmless."""
    locked = Absence.objects.select_for_update().get(pk=absence.pk)
    if by.pk != locked.person_id:
        demand(by, Permission.EDIT_RULES)
    if locked.ended_at:
        return locked
    locked.ended_at = timezone.now()
    locked.save()
    record(Event.ABSENCE_ENDED, by=by, on=locked.person, before=_facts(locked))
    return locked


def _facts(absence: Absence) -> dict[str, object]:
    facts: dict[str, object] = {
        "from": absence.starts_on.isoformat(),
        "until": absence.ends_on.isoformat(),
    }
    return {**facts, "cover": absence.cover.name} if absence.cover else facts
