"""Whom somebody asks: the ambassadors of their own area, else of the nearest one above it."""

from __future__ import annotations

from accounts.models import ServiceArea, User
from training.models import Ambassador


def ambassadors_for(person: User) -> list[Ambassador]:
    """Those of the nearest area that has any; empty where none above has. Two queries."""
    if person.service_area_id is None:
        return []
    above = _above(person.service_area_id)
    serving = Ambassador.objects.serving().filter(area__in=above)
    found = list(serving.select_related("person", "area").order_by("person__name", "pk"))
    depth = {area: place for place, area in enumerate(above)}
    nearest = max((depth[each.area_id] for each in found), default=-1)
    return [each for each in found if depth[each.area_id] == nearest]


def areas_without() -> list[ServiceArea]:
    """Areas whose people find no ambassador, neither their own nor above. Two queries."""
    covered = Ambassador.objects.serving().values_list("area__path", flat=True)
    paths = tuple(path for path in covered if path)
    areas = ServiceArea.objects.order_by("name")
    return [area for area in areas if not area.path.startswith(paths)]


def _above(area_id: int) -> list[int]:
    """The area and those above it, the topmost first."""
    path = ServiceArea.objects.values_list("path", flat=True).get(pk=area_id)
    return [int(part) for part in path.split("/") if part] or [area_id]
