"""What is asked of learning packages: taking one in, taking it, and what it reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.factories import CourseFactory
from tests.gates.small_council import Council
from tests.training.making import published
from tests.training.scorm.packaging import imported, upload, zipped
from training.models import CourseVersion, Enrolment, PackagePart

Body = dict[str, Any]
SLUG = "fire-safety"


def _course(council: Council, about: str) -> list[Any]:
    """One that is a package; everybody has begun it where it is `begun`."""
    made = CourseVersion.objects.filter(course__slug=SLUG).first()
    course = CourseFactory(slug=SLUG, title="Fire safety", needed_to_write=False)
    version = made or imported(council.people["hr"], course=course)
    if about == "begun":
        for person in council.people.values():
            Enrolment.objects.get_or_create(user=person, version=version, course=course)
    return [SLUG]


def _report(council: Council, about: str) -> Body:
    part = PackagePart.objects.get(package__version__course__slug=SLUG)
    return {"part": part.pk, "opening": 1, "completion": "incomplete", "suspend_data": "page 2"}


def _package(council: Council, about: str) -> Body:
    return {"package": upload(zipped()), "minutes": 30, "pass_mark": 80}


def _course_of_ours(council: Council, about: str) -> list[Any]:
    course = CourseFactory(slug="of-ours", title="Of ours", needed_to_write=False)
    if not course.versions.exists():
        published(course)
    return [course.slug]


PLACES: dict[str, Callable[[Council, str], list[Any]]] = {
    "training_package": _course,
    "training_package_report": _course,
    "training_export": _course_of_ours,
}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "training_package_new": _package,
    "training_package_report": _report,
}
