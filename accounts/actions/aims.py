"""The list of strategic aims that accounts can be said to serve."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.access import demand
from accounts.lengths import refuse_too_long
from accounts.models import StrategicAim, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record


@transaction.atomic
def add_aim(*, by: User | None, name: str) -> StrategicAim:
    """Put an aim on the list. Raises ValidationError for one that is there, whatever its case."""
    if by is not None:
        demand(by, Permission.EDIT_AIMS)
    aim = StrategicAim(name=_free_name(name))
    refuse_too_long(aim)
    aim.save()
    record(Event.AIM_ADDED, by=by, on=aim, after=_facts(aim))
    return aim


@transaction.atomic
def change_aim(*, by: User | None, aim: StrategicAim, name: str, is_in_use: bool) -> StrategicAim:
    """Word an aim anew, or take it out of use: accounts that have it keep it."""
    locked = StrategicAim.objects.select_for_update().get(pk=aim.pk)
    if by is not None:
        demand(by, Permission.EDIT_AIMS)
    before = _facts(locked)
    locked.name, locked.is_in_use = _free_name(name, locked), is_in_use
    refuse_too_long(locked)
    if _facts(locked) == before:
        return locked
    locked.save()
    record(Event.AIM_CHANGED, by=by, on=locked, before=before, after=_facts(locked))
    return locked


def _free_name(name: str, aim: StrategicAim | None = None) -> str:
    name = " ".join(name.split())
    if not name:
        raise ValidationError({"name": "Enter the aim."})
    same = StrategicAim.objects.filter(name__iexact=name)
    if (same.exclude(pk=aim.pk) if aim else same).exists():
        raise ValidationError({"name": "This aim is on the list already."})
    return name


def _facts(aim: StrategicAim) -> dict[str, object]:
    return {"name": aim.name, "in_use": aim.is_in_use}
