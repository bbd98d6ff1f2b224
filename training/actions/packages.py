"""A SCORM package is checked as a whole, kept, and becomes a published version; in that order."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from training.course_slugs import free_slug
from training.models import Course, CourseVersion, PackageFile, PackagePart, ScormPackage
from training.scorm.manifest import LARGEST, NAME, Manifest, read_manifest
from training.scorm.names import shown_name
from training.scorm.refused import PackageRefused
from training.scorm.unpacking import Archive, Inflated
from uploads.store import keep

Tell = Callable[[int], None]
"""Hears how many files more are done; 0 is a sign of life."""
SWITCHED_OFF = (
    "Packages are switched off, because they need a second address to run at. Ask whoever runs "
    "this service to set PACKAGES_URL."
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the importer says about the course. A new one without a title has the package's."""

    title: str = ""
    summary: str = ""
    pass_mark: int = 80
    minutes: int = 30
    what_changed: str = ""
    asks_again_from: date | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A package that was inflated to its last byte and found good; nothing of it is kept yet."""

    manifest: Manifest
    files: dict[str, Inflated]


@dataclass(frozen=True, slots=True)
class Kept:
    """A package whose files lie in the storage already."""

    manifest: Manifest
    name: str
    digest: str
    files: tuple[PackageFile, ...]


def demand_import(*, by: User, course: Course | None) -> None:
    """Raises NotAllowed, and ValidationError while no package, or none for `course`, is taken."""
    demand(by, Permission.EDIT_COURSES)
    if not settings.PACKAGES_URL:
        raise ValidationError(SWITCHED_OFF)
    if course is not None:
        _refuse_draft(course)


def look_over(archive: Archive) -> Manifest:
    """What can be told at once: the list of the ZIP file, and its manifest.

    Raises PackageRefused, saying why.
    """
    if NAME not in archive.paths:
        raise PackageRefused(_without_manifest(archive.paths))
    return read_manifest(archive.beginning_of(NAME, LARGEST + 1), archive.paths)


def check(archive: Archive, tell: Tell) -> Checked:
    """All that can be told; it takes as long as inflating everything. Raises PackageRefused."""
    manifest = look_over(archive)
    return Checked(manifest, archive.inflate_all(tell))


def store(archive: Archive, checked: Checked, folder: str, tell: Tell) -> tuple[PackageFile, ...]:
    """Put every file into `folder` of the storage, under its digest."""
    files = []
    for path, found in checked.files.items():
        with archive.open(path) as source:
            kept_as = keep(cast("BinaryIO", source), folder, found.digest, "bin", found.size)
        files.append(PackageFile(path=path, stored_as=kept_as, size=found.size))
        tell(1)
    return tuple(files)


def _without_manifest(paths: Collection[str]) -> str:
    inside = next((path for path in paths if path.endswith(f"/{NAME}")), "")
    if inside:
        return (
            f"{NAME} is in the folder “{shown_name(inside.removesuffix(f'/{NAME}'))}”, and must be "
            "at the top of the ZIP file. Pack what is in that folder, not the folder."
        )
    return f"The ZIP file has no {NAME}, so it is not a SCORM package."


@transaction.atomic
def publish(*, by: User, kept: Kept, facts: Facts, course: Course | None) -> CourseVersion:
    """Make the package a published version of `course`, or of a new one.

    Raises NotAllowed, and ValidationError for a course that has a draft, or was put away.
    """
    if course is None:
        course = _new_course(facts.title or kept.manifest.title, facts.summary)
    locked = Course.objects.select_for_update().get(pk=course.pk)
    demand(by, Permission.EDIT_COURSES)
    _refuse_draft(locked)
    version = _new_version(locked, by, facts)
    package = _new_package(version, kept)
    # Only now: what is in a version that is published does not change any more.
    version.published_by, version.published_at = by, timezone.now()
    version.save(update_fields=["published_by", "published_at"])
    record(
        Event.PACKAGE_IMPORTED,
        by=by,
        on=locked,
        after={
            "course": locked.title,
            "version": version.number,
            "file": kept.name,
            "digest": kept.digest,
            "scorm": package.get_scorm_display(),
            "asks_again_from": version.asks_again_from,
        },
    )
    return version


def _refuse_draft(course: Course) -> None:
    if course.archived_at:
        raise ValidationError({"course": f"{course.title} has been put away."})
    if course.versions.filter(published_at=None).exists():
        raise ValidationError(
            {"course": f"{course.title} has a draft. Publish the draft or throw it away first."}
        )


def _new_course(title: str, summary: str) -> Course:
    return Course.objects.create(slug=free_slug(title), title=title[:150], summary=summary)


def _new_version(course: Course, by: User, facts: Facts) -> CourseVersion:
    last = course.versions.aggregate(last=Max("number"))["last"] or 0
    return CourseVersion.objects.create(
        course=course,
        number=last + 1,
        pass_mark=facts.pass_mark,
        minutes=facts.minutes,
        what_changed=facts.what_changed,
        asks_again_from=facts.asks_again_from,
        made_by=by,
    )


def _new_package(version: CourseVersion, kept: Kept) -> ScormPackage:
    manifest = kept.manifest
    package = ScormPackage.objects.create(
        version=version,
        scorm=manifest.scorm,
        title=manifest.title,
        original_name=kept.name,
        digest=kept.digest,
        size=sum(each.size for each in kept.files),
    )
    for file in kept.files:
        file.package = package
    PackageFile.objects.bulk_create(kept.files, batch_size=500)
    PackagePart.objects.bulk_create(
        PackagePart(
            package=package,
            position=position,
            title=part.title,
            path=part.path,
            query=part.query,
            reports=part.reports,
            mastery_score=part.mastery_score,
            completion_threshold=part.completion_threshold,
            launch_data=part.launch_data,
        )
        for position, part in enumerate(manifest.parts, start=1)
    )
    return package
