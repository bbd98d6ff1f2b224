"""What one person has to learn and to accept, and how each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone

from accounts.access import permissions_held
from accounts.models import User
from accounts.permissions import Permission
from training.models import Course, PolicyVersion

SOON = timedelta(days=30)


class Standing(StrEnum):
    """The value is the key of the tag's colour."""

    IN_DATE = "in_date"
    EXPIRES_SOON = "expires_soon"
    EXPIRED = "expired"
    MISSING = "missing"

    @property
    def label(self) -> str:
        return {"missing": "Not done"}.get(self.value, self.value.replace("_", " ").capitalize())


@dataclass(frozen=True, slots=True)
class Learning:
    """One course or policy for one person. `expires` is the last good day, None if never done."""

    thing: Course | PolicyVersion
    standing: Standing
    expires: date | None
    needed_for: str
    page: str = ""
    """The slug of a policy's page."""

    @property
    def is_due(self) -> bool:
        return self.standing is not Standing.IN_DATE


def courses_of(user: User, on: date | None = None) -> list[Learning]:
    """Every course, as it stands for `user` on that day. One query."""
    day = on or timezone.localdate()
    return [
        Learning(course, _standing(course.expires, day), course.expires, _needed(course))
        for course in Course.objects.with_expiry_for([user], day)
    ]


def policies_of(user: User, on: date | None = None) -> list[Learning]:
    """The version in force of every policy, as it stands for `user` on that day. One query."""
    day = on or timezone.localdate()
    versions = PolicyVersion.objects.current(day).with_expiry_for([user])
    return [
        Learning(
            version,
            _standing(version.expires, day),
            version.expires,
            "Posting" if version.document.needed_to_write else "",
            version.document.slug,
        )
        for version in versions.order_by("document__title")
    ]


def learning_due(user: User, on: date | None = None) -> list[Learning]:
    """What the roles of `user` need and is missing, expired or soon to expire."""
    held = permissions_held(user)
    wanted = {need for permission, need in _NEEDS.items() if permission in held}
    if not wanted:
        return []
    every = courses_of(user, on) + policies_of(user, on)
    return [each for each in every if each.needed_for in wanted and each.is_due]


_NEEDS = {Permission.WRITE_POST: "Posting", Permission.APPROVE_POST: "Approving"}


def _needed(course: Course) -> str:
    if course.needed_to_write:
        return "Posting"
    return "Approving" if course.needed_to_approve else ""


def _standing(expires: date | None, day: date) -> Standing:
    if expires is None:
        return Standing.MISSING
    if expires < day:
        return Standing.EXPIRED
    return Standing.EXPIRES_SOON if expires - day <= SOON else Standing.IN_DATE
