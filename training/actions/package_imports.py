"""Taking in SCORM packages: looked over and kept at once, unpacked as long work (`jobs`).

Each try of a worker puts the files into a folder of its own, and makes them a version in one
transaction, under the lock of the import and only while the try is the one that counts. So nobody
plays half a package; a worker that was only thought dead publishes nothing beside its successor;
and what a dead one left is known by the name of its folder. See
`docs/decisions/packages-are-inflated-twice.md`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, BinaryIO, cast
from uuid import uuid4

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from jobs.actions import begin
from jobs.kinds import CannotBeDone, Kind, Outcome
from jobs.models import Job, JobState
from jobs.offered import KEPT
from jobs.progress import Progress
from training.actions.packages import Facts, Kept, check, demand_import, look_over, publish, store
from training.models import Course, CourseVersion, PackageImport
from training.scorm.refused import PackageRefused
from training.scorm.unpacking import Archive, opened
from uploads.clean import safe_name
from uploads.store import digest_of_file, forget_folder

WAITING = "package-uploads"
"""Where the ZIP files wait, under names of ours."""
STRAY = timedelta(days=1)
"""After which a ZIP file that no import names was left by a request that died."""
_ENDED = (JobState.DONE, JobState.FAILED)


def offer_package(
    *, by: User, package: UploadedFile, facts: Facts, course: Course | None = None
) -> Job:
    """Look a package over, keep it, and begin to unpack it; sent twice at once, it is one job.

    Raises NotAllowed, and ValidationError for what can be told at once; nothing is kept then.
    """
    demand_import(by=by, course=course)
    raw = cast("BinaryIO", package)
    with opened(raw) as archive:
        look_over(archive)
    digest = digest_of_file(raw)
    file = default_storage.save(f"{WAITING}/{uuid4().hex}.zip", package)
    try:
        made = _begun(by, safe_name(package.name or ""), digest, file, facts, course)
    except BaseException:
        default_storage.delete(file)
        raise
    if made.file != file:
        default_storage.delete(file)
    return made.job


@transaction.atomic
def _begun(
    by: User, name: str, digest: str, file: str, facts: Facts, course: Course | None
) -> PackageImport:
    """A new import, or the same one of the same person that is not unpacked yet."""
    User.objects.select_for_update().get(pk=by.pk)
    said = {
        **asdict(facts),
        "asks_again_from": facts.asks_again_from and str(facts.asks_again_from),
    }
    same = PackageImport.objects.filter(by=by, digest=digest, course=course, facts=said)
    under_way = same.exclude(job__state__in=_ENDED).select_related("job").first()
    if under_way:
        return under_way
    made = PackageImport(by=by, name=name, digest=digest, file=file, course=course, facts=said)
    # The job names the import, and the import its job.
    made.job = begin(kind=KIND.key, about=0, title=f"Import of “{name}”", by=by, unit="steps")
    made.save()
    Job.objects.filter(pk=made.job.pk).update(about=made.pk)
    return made


def _import(job: Job, progress: Progress) -> Outcome:
    """The long work: every file is checked, then every file is kept."""
    found = _of_job(job)
    if found.version is None:
        demand_import(by=job.asked_by, course=found.course)
        _forget_tries(found, range(1, job.tries))
        try:
            version = _unpacked(found, job, progress)
        except PackageRefused as refused:
            _forget_file(found, job)
            words = f"{' '.join(refused.messages)} Nothing of the package is kept."
            raise CannotBeDone(words, result_url=reverse("training_package_new")) from refused
        found.version = version
    default_storage.delete(found.file)
    course = found.version.course
    return Outcome(
        f"“{course.title}” is imported, as version {found.version.number}. Everybody can take it"
        " now.",
        result_url=reverse("training_package", args=[course.slug]),
    )


def _unpacked(found: PackageImport, job: Job, progress: Progress) -> CourseVersion:
    try:
        raw = default_storage.open(found.file, "rb")
    except FileNotFoundError as gone:
        again = reverse("training_package_new")
        words = "The ZIP file is not kept any more. Send it again."
        raise CannotBeDone(words, result_url=again) from gone
    with raw, opened(cast("BinaryIO", raw)) as archive:
        return _kept_and_published(found, job, archive, progress)


def _kept_and_published(
    found: PackageImport, job: Job, archive: Archive, progress: Progress
) -> CourseVersion:
    progress.expect(2 * len(archive.paths))
    checked = check(archive, progress.step)
    folder = _folder(found, job.tries)
    try:
        files = store(archive, checked, folder, progress.step)
        kept = Kept(checked.manifest, found.name, found.digest, files)
        return _published(found, job, kept)
    except BaseException:
        forget_folder(folder)
        raise


@transaction.atomic
def _published(found: PackageImport, job: Job, kept: Kept) -> CourseVersion:
    locked = PackageImport.objects.select_for_update(of=("self",)).get(pk=found.pk)
    _demand_that_it_counts(job)
    version = publish(by=job.asked_by, kept=kept, facts=_facts(locked.facts), course=locked.course)
    locked.version = version
    locked.save(update_fields=["version"])
    return version


def forget_old_packages() -> None:
    """Delete what workers and requests that died left behind, and what nobody tries again."""
    over = PackageImport.objects.filter(job__state__in=_ENDED).select_related("job")
    for each in over.filter(version=None):
        _forget_tries(each, range(1, each.job.tries + 1))
    for each in over.filter(at__lte=timezone.now() - KEPT):
        default_storage.delete(each.file)
        each.delete()
    _forget_stray_files()


def _forget_stray_files() -> None:
    try:
        _folders, names = default_storage.listdir(WAITING)
    except FileNotFoundError:
        return
    waiting = set(PackageImport.objects.filter(version=None).values_list("file", flat=True))
    for file in {f"{WAITING}/{name}" for name in names} - waiting:
        if default_storage.get_modified_time(file) <= timezone.now() - STRAY:
            default_storage.delete(file)


def _forget_tries(found: PackageImport, tries: Iterable[int]) -> None:
    """Delete what those tries kept. What still runs of them publishes nothing any more."""
    for number in tries:
        forget_folder(_folder(found, number))


@transaction.atomic
def _forget_file(found: PackageImport, job: Job) -> None:
    """A package that was refused is refused again: it need not wait for another try."""
    _demand_that_it_counts(job)
    default_storage.delete(found.file)


def _demand_that_it_counts(job: Job) -> None:
    """Raises CannotBeDone where the try was ended meanwhile, or another one was begun."""
    mine = Job.objects.select_for_update(of=("self",)).filter(
        pk=job.pk, state=JobState.RUNNING, tries=job.tries
    )
    if not mine.exists():
        raise CannotBeDone("Another try has taken this one’s place.")


def _folder(found: PackageImport, number: int) -> str:
    """Where one try keeps the files: its own, for ever, once it is published."""
    return f"packages/{found.digest}/{found.pk}-{number}"


def _facts(said: dict[str, Any]) -> Facts:
    day = said["asks_again_from"]
    return Facts(**{**said, "asks_again_from": date.fromisoformat(day) if day else None})


def _of_job(job: Job) -> PackageImport:
    rows = PackageImport.objects.select_related("version__course", "course")
    found = rows.filter(pk=job.about).first()
    if found is None:
        again = reverse("training_package_new")
        raise CannotBeDone("The ZIP file is not kept any more. Send it again.", result_url=again)
    return found


def _may(job: Job) -> None:
    demand(job.asked_by, Permission.EDIT_COURSES)


KIND = Kind("package_import", _import, _may)
