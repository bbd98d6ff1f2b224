"""Service areas: adding, renaming and moving them in the tree."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from accounts.access import demand
from accounts.models import ServiceArea, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record


@transaction.atomic
def add_service_area(
    *, by: User | None, name: str, parent: ServiceArea | None = None
) -> ServiceArea:
    """A new service area below `parent`, or a directorate where that is None."""
    if by is not None:
        demand(by, Permission.ADMINISTER)
    name = _free_name(name)
    area = ServiceArea.objects.create(name=name, parent=parent)
    place(area)
    record(Event.SERVICE_AREA_ADDED, by=by, on=area, after=_facts(area))
    return area


@transaction.atomic
def change_service_area(
    *, by: User | None, area: ServiceArea, name: str, parent: ServiceArea | None
) -> ServiceArea:
    """Rename `area` and put it, with everything below it, under `parent`.

    Raises ValidationError where that would put it below itself.
    """
    # All rows: two moves at once could otherwise make a circle that neither sees.
    areas = {each.pk: each for each in ServiceArea.objects.select_for_update().order_by("pk")}
    if by is not None:
        demand(by, Permission.ADMINISTER)
    locked = areas[area.pk]
    above = areas[parent.pk] if parent else None
    if above and above.path.startswith(locked.path):
        raise ValidationError(
            {"parent": f"{above} is {locked} itself or part of it. Choose another one."}
        )
    before = _facts(locked)
    locked.name = _free_name(name, locked)
    locked.parent = above
    locked.save(update_fields=["name", "parent"])
    place(locked)
    record(Event.SERVICE_AREA_CHANGED, by=by, on=locked, before=before, after=_facts(locked))
    return locked


def place(area: ServiceArea) -> None:
    """Write the path of `area` after its parent's, and move the paths of everything below."""
    old = area.path
    area.path = f"{area.parent.path if area.parent else '/'}{area.pk}/"
    if old:
        ServiceArea.objects.filter(path__startswith=old).update(
            path=Concat(Value(area.path), Substr(F("path"), len(old) + 1))
        )
    else:
        area.save(update_fields=["path"])


def _free_name(name: str, area: ServiceArea | None = None) -> str:
    name = name.strip()
    if not name:
        raise ValidationError({"name": "Enter the name of the service area."})
    same = ServiceArea.objects.filter(name__iexact=name)
    if (same.exclude(pk=area.pk) if area else same).exists():
        raise ValidationError({"name": f"There is already a service area called {name}."})
    return name


def _facts(area: ServiceArea) -> dict[str, str]:
    return {"name": area.name, "parent": area.parent.name if area.parent else ""}
