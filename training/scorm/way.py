"""Somebody's way through the parts of a package."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from training.models import (
    Course,
    CourseVersion,
    Enrolment,
    PackagePart,
    PartStatus,
    ScormPackage,
)
from training.taking.contents import still_counts


@dataclass(frozen=True, slots=True)
class Step:
    part: PackagePart
    status: PartStatus

    @property
    def number(self) -> int:
        return self.part.position


def way_through(enrolment: Enrolment, package: ScormPackage) -> list[Step]:
    """Every part in its order, and how it stands. Two queries."""
    stands = dict(enrolment.states.values_list("part_id", "status"))
    return [
        Step(part, PartStatus(stands.get(part.pk, PartStatus.NOT_STARTED)))
        for part in package.parts.all()
    ]


def version_to_take(user: User, course: Course) -> CourseVersion | None:
    """The version that `user` is under way in, as long as that counts; else the newest."""
    under_way = Enrolment.objects.under_way().filter(user=user, course=course)
    mine = under_way.select_related("version__course", "version__package", "user").first()
    if mine and still_counts(mine):
        return mine.version
    newest = CourseVersion.objects.newest().filter(course=course)
    return newest.select_related("course", "package").first()


def is_package(user: User, course: Course) -> bool:
    """Whether what `user` takes of this course is a package."""
    return hasattr(version_to_take(user, course), "package")
