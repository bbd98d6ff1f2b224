"""Taking in a SCORM package: it is checked as a whole, and becomes a published version."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
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
from training.scorm.manifest import NAME, Manifest, read_manifest
from training.scorm.names import shown_name
from training.scorm.refused import PackageRefused
from training.scorm.unpacking import Unpacked, unpacked
from uploads.clean import safe_name
from uploads.store import digest_of_file, keep

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
class _Kept:
    """A package whose files lie in the storage already."""

    manifest: Manifest
    name: str
    digest: str
    files: tuple[PackageFile, ...]


def import_package(
    *, by: User, package: UploadedFile, facts: Facts, course: Course | None = None
) -> CourseVersion:
    """Make the package a published version of `course`, or of a new one.

    Raises ValidationError, saying why, for a package that cannot be used and for a course that has
    a draft; nothing of it is kept then but files that nobody is ever served.
    """
    demand(by, Permission.EDIT_COURSES)
    if not settings.PACKAGES_URL:
        raise ValidationError(SWITCHED_OFF)
    if course is not None:
        _refuse_draft(course)
    raw = cast("BinaryIO", package)
    with unpacked(raw) as found:
        kept = _stored(raw, safe_name(package.name or ""), found)
    return _published(by=by, kept=kept, facts=facts, course=course)


def _stored(raw: BinaryIO, name: str, found: dict[str, Unpacked]) -> _Kept:
    if NAME not in found:
        raise PackageRefused(_without_manifest(found))
    manifest = read_manifest(found[NAME].lies_at.read_bytes(), found.keys())
    digest = digest_of_file(raw)
    files = []
    for each in found.values():
        with each.lies_at.open("rb") as opened:
            own = digest_of_file(opened)
            stored_as = keep(opened, f"packages/{digest}", own, "bin", each.size)
        files.append(PackageFile(path=each.path, stored_as=stored_as, size=each.size))
    return _Kept(manifest, name, digest, tuple(files))


def _without_manifest(paths: Collection[str]) -> str:
    inside = next((path for path in paths if path.endswith(f"/{NAME}")), "")
    if inside:
        return (
            f"{NAME} is in the folder “{shown_name(inside.removesuffix(f'/{NAME}'))}”, and must be "
            "at the top of the ZIP file. Pack what is in that folder, not the folder."
        )
    return f"The ZIP file has no {NAME}, so it is not a SCORM package."


@transaction.atomic
def _published(*, by: User, kept: _Kept, facts: Facts, course: Course | None) -> CourseVersion:
    if course is None:
        course = _new_course(facts.title or kept.manifest.title, facts.summary)
    locked = Course.objects.select_for_update().get(pk=course.pk)
    demand(by, Permission.EDIT_COURSES)
    _refuse_draft(locked)
    version = _new_version(locked, by, facts)
    package = _new_package(version, kept)
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
    now = timezone.now()
    last = course.versions.aggregate(last=Max("number"))["last"] or 0
    return CourseVersion.objects.create(
        course=course,
        number=last + 1,
        pass_mark=facts.pass_mark,
        minutes=facts.minutes,
        what_changed=facts.what_changed,
        asks_again_from=facts.asks_again_from,
        made_by=by,
        made_at=now,
        published_by=by,
        published_at=now,
    )


def _new_package(version: CourseVersion, kept: _Kept) -> ScormPackage:
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
