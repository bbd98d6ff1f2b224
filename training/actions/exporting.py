"""Giving a course to the council's own learning system, as a SCORM 1.2 package."""

from __future__ import annotations

from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from training.models import Course, CourseVersion
from training.scorm.export.package import package_of


@transaction.atomic
def export_course(*, by: User, course: Course) -> tuple[CourseVersion, BinaryIO]:
    """The version that is taken now, and its package from the first byte; the caller closes it.

    Raises ValidationError for a course without lessons of its own.
    """
    demand(by, Permission.EDIT_COURSES)
    newest = CourseVersion.objects.newest().filter(course=course)
    version = newest.filter(package=None, lessons__isnull=False).first()
    if version is None:
        raise ValidationError("This course has no lessons of ours to export.")
    package = package_of(version)
    record(
        Event.COURSE_EXPORTED,
        by=by,
        on=course,
        after={"course": course.title, "version": version.number},
    )
    return version, package
