"""Who may make and change templates and snippets."""

from __future__ import annotations

from accounts.access import may
from accounts.models import User
from accounts.permissions import Permission
from accounts.reach import holds_everywhere
from publishing.errors import NotAllowed
from publishing.models import PostTemplate
from publishing.models.starting_points import StartingPoint

NO_AREA = (
    "You belong to no service area yet, so there is nobody to make this for. "
    "Ask the digital team to enter yours."
)


def plans_for_all(user: User) -> bool:
    """Whether `user` keeps those of every service area, of the whole council, of emergencies."""
    everywhere = holds_everywhere(user, Permission.PLAN_CONTENT)
    return everywhere and may(user, Permission.WRITE_POST)


def may_change(user: User, point: StartingPoint) -> bool:
    """Whoever plans for all; in a service area its maker, and whoever plans content and is there.

    Those of the whole council and those for emergencies belong to who plans for all.
    """
    if plans_for_all(user):
        return True
    if not may(user, Permission.WRITE_POST) or not is_of(user, point):
        return False
    return point.made_by_id == user.pk or may(user, Permission.PLAN_CONTENT)


def is_of(user: User, point: StartingPoint) -> bool:
    """Whether it belongs to the service area that `user` works in."""
    is_for_emergencies = isinstance(point, PostTemplate) and point.is_for_emergencies
    area = point.service_area_id
    return area is not None and area == user.service_area_id and not is_for_emergencies


def refuse_to_make(user: User, point: StartingPoint) -> None:
    """Raise NotAllowed unless `user` may have a new one like this."""
    if not plans_for_all(user) and not is_of(user, point):
        raise NotAllowed(
            "You can make this for your own service area. Communications make those for others."
            if user.service_area_id
            else NO_AREA
        )


def refuse_to_change(user: User, point: StartingPoint) -> None:
    if not may_change(user, point):
        raise NotAllowed(
            f"“{point}” is not yours to change. {point.made_by.name} made it; "
            "Communications can change it."
        )
