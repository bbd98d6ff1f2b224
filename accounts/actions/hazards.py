"""The template of hazards that every new assessment asks about."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.access import demand
from accounts.in_order import change_places
from accounts.lengths import refuse_too_long
from accounts.models import Hazard, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record

MOST_IN_USE = 25
"""More than anybody would think through for one account."""


@transaction.atomic
def add_hazard(
    *, by: User | None, name: str, description: str = "", usual_controls: str = ""
) -> Hazard:
    """Put a hazard at the end of the template. Raises ValidationError for one that is there."""
    there = _lock_template()
    if by is not None:
        demand(by, Permission.EDIT_HAZARDS)
    _refuse_too_many(there)
    hazard = Hazard(
        name=_free_name(name, there),
        description=description.strip(),
        usual_controls=usual_controls.strip(),
        position=max((each.position for each in there), default=0) + 1,
    )
    refuse_too_long(hazard)
    hazard.save()
    record(Event.HAZARD_ADDED, by=by, on=hazard, after=_facts(hazard))
    return hazard


@transaction.atomic
def change_hazard(
    *,
    by: User | None,
    hazard: Hazard,
    name: str,
    description: str,
    usual_controls: str,
    is_in_use: bool,
) -> Hazard:
    """Word a hazard anew, or take it out of use: assessments that speak of it stay as they are."""
    there = _lock_template()
    if by is not None:
        demand(by, Permission.EDIT_HAZARDS)
    locked = next(each for each in there if each.pk == hazard.pk)
    others = [each for each in there if each.pk != hazard.pk]
    if is_in_use and not locked.is_in_use:
        _refuse_too_many(others)
    before = _facts(locked)
    locked.name, locked.is_in_use = _free_name(name, others), is_in_use
    locked.description, locked.usual_controls = description.strip(), usual_controls.strip()
    refuse_too_long(locked)
    if _facts(locked) == before:
        return locked
    locked.save()
    record(Event.HAZARD_CHANGED, by=by, on=locked, before=before, after=_facts(locked))
    return locked


@transaction.atomic
def move_hazard(*, by: User, hazard: Hazard, up: bool) -> Hazard:
    """Change places with the neighbour; the first stays first, the last stays last."""
    there = _lock_template()
    demand(by, Permission.EDIT_HAZARDS)
    moved, was, becomes = change_places(there, hazard.pk, up=up)
    if becomes != was:
        before, after = {"place": was}, {"place": becomes}
        record(Event.HAZARD_CHANGED, by=by, on=moved, before=before, after=after)
    return moved


def _lock_template() -> list[Hazard]:
    """All of it: a name and a place are free or taken among all."""
    return list(Hazard.objects.select_for_update())


def _free_name(name: str, others: list[Hazard]) -> str:
    name = " ".join(name.split())
    if not name:
        raise ValidationError({"name": "Enter the hazard."})
    if name.lower() in {each.name.lower() for each in others}:
        raise ValidationError({"name": "This hazard is in the template already."})
    return name


def _refuse_too_many(there: list[Hazard]) -> None:
    if sum(each.is_in_use for each in there) >= MOST_IN_USE:
        raise ValidationError(
            f"There are {MOST_IN_USE} hazards in use. Take one out of use before another comes in."
        )


def _facts(hazard: Hazard) -> dict[str, object]:
    return {
        "name": hazard.name,
        "description": hazard.description,
        "usual_controls": hazard.usual_controls,
        "in_use": hazard.is_in_use,
    }
