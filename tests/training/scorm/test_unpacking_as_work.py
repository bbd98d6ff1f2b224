"""A package is unpacked by a worker: whole or not at all, whatever dies, and whenever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from accounts.permissions import CorporateRole
from jobs.actions import try_again
from jobs.models import Job, JobState
from jobs.progress import Progress
from jobs.running import STOPPED, look_after, run
from tests.factories import CourseFactory, person
from tests.training.making import CourseVersionFactory
from tests.training.scorm.packaging import taken_in, unpacked, upload, zipped
from training.actions import package_imports, packages
from training.actions.package_imports import forget_old_packages, offer_package
from training.actions.packages import Facts
from training.models import Course, CourseVersion, PackageFile, PackageImport, ScormPackage
from uploads.store import keep as store_file

pytestmark = pytest.mark.django_db

FILES: dict[str, str | bytes] = {f"page-{n}.html": f"<h1>Page {n}</h1>" for n in range(4)}
Keep = Callable[..., str]


class Killed(BaseException):
    """The worker's process is gone: it cleans nothing up, and says nothing."""


@pytest.fixture
def hr() -> User:
    return person(CorporateRole.HR)


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def sent(hr: User, course: Course | None = None, **facts: Any) -> Job:
    return offer_package(by=hr, package=upload(zipped(FILES)), facts=Facts(**facts), course=course)


def stored(media: Path) -> set[str]:
    """Every file that is kept, by its name in the store."""
    return {str(each.relative_to(media)) for each in media.rglob("*") if each.is_file()}


def of_packages() -> set[str]:
    return set(PackageFile.objects.values_list("stored_as", flat=True))


def nothing_to_play() -> bool:
    return not (ScormPackage.objects.exists() or Course.objects.filter(slug="fire-safety").exists())


def dies_while_storing(monkeypatch: pytest.MonkeyPatch, job: Job) -> None:
    """After its third file; and after a while the rounds notice."""
    kept: list[str] = []

    def keep(*given: Any) -> str:
        if len(kept) == 3:
            raise Killed
        kept.append(real(*given))
        return kept[-1]

    real: Keep = store_file
    with monkeypatch.context() as dying:
        dying.setattr(packages, "keep", keep)
        dying.setattr(package_imports, "forget_folder", lambda folder: None)
        with pytest.raises(Killed):
            run(job.pk)
    with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False):
        look_after()
    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.FAILED, STOPPED)


def test_nothing_is_playable_before_a_worker_has_unpacked_it(hr: User, media: Path) -> None:
    job = sent(hr)
    assert nothing_to_play()
    assert len(stored(media)) == 1, "the ZIP file, which waits"

    version = taken_in(job)

    assert version.package.files.count() == 6
    assert stored(media) == of_packages(), "the ZIP file is gone"


def test_everything_that_was_said_of_the_course_is_kept_until_then(hr: User) -> None:
    day = timezone.localdate() + timedelta(days=3)
    course = CourseFactory(slug="known")
    job = sent(hr, course, minutes=7, pass_mark=55, what_changed="New.", asks_again_from=day)
    version = taken_in(job)
    assert (version.course, version.minutes, version.pass_mark) == (course, 7, 55)
    assert (version.what_changed, version.asks_again_from) == ("New.", day)
    assert isinstance(version.asks_again_from, date)


def test_its_progress_is_told_file_by_file(hr: User, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    step = Progress.step

    def hear(self: Progress, more: int = 1) -> None:
        step(self, more)
        told.append((self.done, self.total))

    monkeypatch.setattr(Progress, "step", hear)
    job = unpacked(sent(hr))
    assert [done for done, _ in dict.fromkeys(told)] == list(range(13))
    assert {total for _, total in told} == {12}
    assert (job.done, job.total) == (12, 12)


def test_a_worker_that_was_killed_is_followed_by_another_and_leaves_nothing(
    hr: User, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = sent(hr)
    dies_while_storing(monkeypatch, job)
    assert nothing_to_play()
    assert len(stored(media)) == 4, "what the dead one left, and the ZIP file"

    version = taken_in(try_again(by=hr, job=job))

    assert version.package.files.count() == 6
    assert stored(media) == of_packages()
    assert CourseVersion.objects.filter(course=version.course).count() == 1


def test_what_a_killed_worker_left_goes_even_if_nobody_tries_again(
    hr: User, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = sent(hr)
    dies_while_storing(monkeypatch, job)
    forget_old_packages()
    assert stored(media) == {PackageImport.objects.get().file}, "it may still be tried again"

    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        forget_old_packages()
        assert stored(media) == set()
        assert not PackageImport.objects.exists()
        failed = unpacked(try_again(by=hr, job=job))
    assert failed.state == JobState.FAILED
    assert "not kept any more. Send it again." in failed.message
    assert nothing_to_play()


def test_a_worker_that_was_only_thought_dead_publishes_nothing_beside_its_successor(
    hr: User, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = sent(hr)
    real: Keep = store_file
    slept: list[bool] = []

    def keep(*given: Any) -> str:
        if not slept:
            slept.append(True)
            with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False):
                look_after()
            again = try_again(by=hr, job=job)
            run(again.pk)
        return real(*given)

    monkeypatch.setattr(packages, "keep", keep)
    run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.tries) == (JobState.DONE, 2)
    version = CourseVersion.objects.get(course__slug="fire-safety")
    assert stored(media) == of_packages()
    assert {each.split("/")[2] for each in of_packages()} == {
        f"{PackageImport.objects.get(version=version).pk}-2"
    }


def test_a_worker_that_dies_after_the_end_is_not_followed_by_a_second_course(
    hr: User, media: Path
) -> None:
    job = sent(hr)
    version = taken_in(job)
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING, ended_at=None)
    assert taken_in(job) == version
    assert CourseVersion.objects.filter(course__title="Fire safety").count() == 1


def test_a_course_that_got_a_draft_meanwhile_refuses_and_takes_it_at_the_next_try(
    hr: User, media: Path
) -> None:
    course = CourseFactory(slug="known", title="Known")
    job = sent(hr, course)
    draft = CourseVersionFactory(course=course, published_at=None)

    refused = unpacked(job)

    assert refused.state == JobState.FAILED
    assert "Known has a draft. Publish the draft or throw it away first." in refused.message
    assert stored(media) == {PackageImport.objects.get().file}
    draft.delete()
    assert taken_in(try_again(by=hr, job=job)).course == course


def test_a_draft_that_comes_while_the_files_are_stored_leaves_none_of_them(
    hr: User, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = CourseFactory(slug="known", title="Known")
    job = sent(hr, course)
    real = packages.store

    def store(*given: Any) -> Any:
        made = real(*given)
        CourseVersionFactory(course=course, published_at=None)
        return made

    monkeypatch.setattr(package_imports, "store", store)
    assert unpacked(job).state == JobState.FAILED
    assert stored(media) == {PackageImport.objects.get().file}
    assert not ScormPackage.objects.exists()


def test_whoever_may_not_write_courses_any_more_gets_nothing_in(hr: User, media: Path) -> None:
    job = sent(hr)
    hr.corporate_grants.all().delete()
    assert unpacked(job).state == JobState.FAILED
    assert nothing_to_play()


def test_sent_twice_at_once_it_is_one_course(hr: User, media: Path) -> None:
    first = sent(hr)
    assert sent(hr) == first
    assert sent(hr, title="Another") != first
    assert len(stored(media)) == 2
    taken_in(first)
    assert sent(hr) != first, "after the end it may be wanted once more"


def test_a_zip_file_that_no_import_names_goes_after_a_day(hr: User, media: Path) -> None:
    job = sent(hr)
    waits = PackageImport.objects.get(job=job).file
    stray = default_storage.save("package-uploads/stray.zip", upload(zipped()))
    forget_old_packages()
    assert stored(media) == {waits, stray}
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        forget_old_packages()
    assert stored(media) == {waits}


def test_what_is_under_way_is_never_forgotten(hr: User, media: Path) -> None:
    job = sent(hr)
    version = taken_in(sent(hr, title="Another"))
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        forget_old_packages()
    assert PackageImport.objects.get().job == job
    assert of_packages() <= stored(media), "what is published stays"
    assert version.package.files.count() == 6
