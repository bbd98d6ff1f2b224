"""What a package reports is held to its types, kept, and ends with one completion."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from accounts.permissions import CorporateRole
from tests.factories import UserFactory, person
from tests.training.making import published
from tests.training.scorm.packaging import PAGE, imported, manifest
from training.actions.package_play import Overtaken, begin_package, keep_report
from training.models import (
    CompletedBy,
    Completion,
    CourseVersion,
    Enrolment,
    PackagePart,
    PackageState,
    PartStatus,
)
from training.scorm.report import Report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_storage(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def someone() -> User:
    return UserFactory()


@pytest.fixture
def version(someone: User) -> CourseVersion:
    """One part, begun by `someone`."""
    made = imported(person(CorporateRole.HR))
    begin_package(by=someone, version=made)
    return made


def part_of(version: CourseVersion) -> PackagePart:
    return version.package.parts.get()


PASSED = Report(opening=5, success="passed", completion="completed", score=90, seconds=60)


@pytest.mark.parametrize(
    ("report", "status"),
    [
        (Report(5), PartStatus.INCOMPLETE),
        (Report(5, completion="incomplete", score=90), PartStatus.INCOMPLETE),
        (Report(5, completion="completed"), PartStatus.COMPLETED),
        (Report(5, success="passed"), PartStatus.PASSED),
        (Report(5, success="passed", score=79), PartStatus.FAILED),
        (Report(5, completion="completed", score=79), PartStatus.FAILED),
        (Report(5, completion="completed", score=80), PartStatus.COMPLETED),
        (Report(5, completion="completed", success="failed", score=95), PartStatus.FAILED),
        (Report(5, success="failed"), PartStatus.FAILED),
    ],
)
def test_how_a_part_stands_follows_from_what_it_says(report: Report, status: PartStatus) -> None:
    assert report.status(80) == status


def test_the_last_part_that_is_done_completes_the_course_once(
    someone: User, version: CourseVersion
) -> None:
    kept = [keep_report(by=someone, part=part_of(version), report=PASSED) for _ in range(2)]
    completion = Completion.objects.get(user=someone)
    assert [each.completion for each in kept] == [completion, completion]
    assert (completion.by, completion.score) == (CompletedBy.PACKAGE, 90)
    assert (completion.version, completion.recorded_by) == (version, someone)
    assert completion.enrolment is not None
    assert completion.enrolment.ended_at is not None


def test_the_packages_own_pass_mark_counts_before_the_versions(someone: User) -> None:
    text = manifest(more="<adlcp:masteryscore>95</adlcp:masteryscore>")
    version = imported(person(CorporateRole.HR), {"imsmanifest.xml": text}, pass_mark=50)
    begin_package(by=someone, version=version)
    kept = keep_report(by=someone, part=part_of(version), report=PASSED)
    assert kept.status == PartStatus.FAILED
    assert not Completion.objects.filter(user=someone).exists()


def test_all_parts_must_be_done(someone: User) -> None:
    files = {"imsmanifest.xml": manifest("index.html", "b.html"), "b.html": PAGE}
    version = imported(person(CorporateRole.HR), files)
    begin_package(by=someone, version=version)
    first, second = version.package.parts.all()
    assert keep_report(by=someone, part=first, report=PASSED).completion is None
    kept = keep_report(by=someone, part=second, report=replace(PASSED, score=81))
    assert kept.completion is not None
    assert kept.completion.score == 85


def test_what_is_done_never_goes_back(someone: User) -> None:
    files = {"imsmanifest.xml": manifest("index.html", "b.html"), "b.html": PAGE}
    version = imported(person(CorporateRole.HR), files)
    begin_package(by=someone, version=version)
    first = version.package.parts.all()[0]
    keep_report(by=someone, part=first, report=PASSED)
    keep_report(by=someone, part=first, report=Report(6, completion="incomplete", location="p3"))
    state = PackageState.objects.get()
    assert (state.status, state.score, state.location) == (PartStatus.PASSED, 90, "p3")


def test_once_completed_nothing_changes_any_more(someone: User, version: CourseVersion) -> None:
    keep_report(by=someone, part=part_of(version), report=replace(PASSED, location="end"))
    keep_report(by=someone, part=part_of(version), report=Report(9, location="start"))
    assert PackageState.objects.get().location == "end"


def test_the_times_of_all_openings_are_added_up(someone: User, version: CourseVersion) -> None:
    part = part_of(version)
    for opening, seconds in ((5, 10), (5, 60), (6, 5), (6, 30)):
        keep_report(by=someone, part=part, report=Report(opening, seconds=seconds))
    assert PackageState.objects.get().seconds == 90


def test_an_earlier_tab_saves_nothing(someone: User, version: CourseVersion) -> None:
    part = part_of(version)
    keep_report(by=someone, part=part, report=Report(6, suspend_data="new"))
    with pytest.raises(Overtaken):
        keep_report(by=someone, part=part, report=Report(5, suspend_data="old"))
    assert PackageState.objects.get().suspend_data == "new"


def test_whoever_has_not_begun_reports_nothing(version: CourseVersion) -> None:
    with pytest.raises(Enrolment.DoesNotExist):
        keep_report(by=UserFactory(), part=part_of(version), report=PASSED)


def test_whoever_has_left_neither_begins_nor_reports(someone: User, version: CourseVersion) -> None:
    User.objects.filter(pk=someone.pk).update(is_active=False)
    someone.refresh_from_db()
    with pytest.raises(PermissionDenied):
        keep_report(by=someone, part=part_of(version), report=PASSED)
    with pytest.raises(PermissionDenied):
        begin_package(by=someone, version=version)


def test_a_newer_version_takes_the_place_of_the_older(
    someone: User, version: CourseVersion
) -> None:
    newer = imported(person(CorporateRole.HR), course=version.course)
    mine = begin_package(by=someone, version=newer)
    assert list(Enrolment.objects.under_way().filter(user=someone)) == [mine]
    assert begin_package(by=someone, version=newer) == mine


def posted(client: Client, version: CourseVersion, **said: Any) -> Any:
    fields = {"part": part_of(version).pk, "opening": 5, **said}
    return client.post(reverse("training_package_report", args=[version.course.slug]), fields)


@pytest.mark.parametrize(
    "said",
    [
        {"part": "x"},
        {"opening": 0},
        {"opening": "1e99"},
        {"completion": "done"},
        {"success": "PASSED!"},
        {"score": "nan"},
        {"score": "5", "score_min": "10", "score_max": "10"},
        {"scaled": "1.5"},
        {"scaled": "inf"},
        {"location": "x" * 1001},
        {"suspend_data": "x" * 64_001},
        {"suspend_data": "a\0b"},
        {"seconds": -1},
        {"seconds": 10**9},
    ],
)
def test_what_is_not_of_its_type_or_size_is_refused(
    said: dict[str, Any], client: Client, someone: User, version: CourseVersion
) -> None:
    client.force_login(someone)
    assert posted(client, version, **said).status_code == 422
    assert not PackageState.objects.exists()


def test_what_is_far_too_large_is_not_even_read(
    client: Client, someone: User, version: CourseVersion
) -> None:
    client.force_login(someone)
    assert posted(client, version, suspend_data="x" * 500_000).status_code == 413


@pytest.mark.parametrize(
    ("said", "per_cent"),
    [
        ({"score": 18, "score_min": 0, "score_max": 20}, 90),
        ({"score": 75.9}, 75),
        ({"score": 500}, 100),
        ({"scaled": 0.29}, 29),
        ({"scaled": -1}, 0),
        ({"scaled": 0.8, "score": 3}, 80),
    ],
)
def test_scores_become_per_cent(
    said: dict[str, Any], per_cent: int, client: Client, someone: User, version: CourseVersion
) -> None:
    client.force_login(someone)
    assert posted(client, version, **said).status_code == 200
    assert PackageState.objects.get().score == per_cent


def test_suspend_data_is_kept_letter_by_letter(
    client: Client, someone: User, version: CourseVersion
) -> None:
    client.force_login(someone)
    data = "  a\nb\r\n\t{“x”: 1} "
    posted(client, version, suspend_data=data)
    assert PackageState.objects.get().suspend_data == data


def test_the_part_of_another_course_takes_no_report(
    client: Client, someone: User, version: CourseVersion
) -> None:
    other = imported(person(CorporateRole.HR))
    client.force_login(someone)
    said = {"part": part_of(other).pk, "opening": 5}
    address = reverse("training_package_report", args=[version.course.slug])
    assert client.post(address, said).status_code == 404
    client.force_login(UserFactory())
    assert posted(client, version).status_code == 404


def test_a_report_needs_the_token_against_forged_forms(
    someone: User, version: CourseVersion
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(someone)
    assert posted(strict, version).status_code == 403
    assert not PackageState.objects.exists()


def test_a_course_without_a_package_has_no_such_page(client: Client, someone: User) -> None:
    client.force_login(someone)
    slug = published().course.slug
    assert client.get(reverse("training_package", args=[slug])).status_code == 404
    assert client.get("/training/no-such-course/package/").status_code == 404


def test_without_a_second_host_the_page_says_so(
    client: Client, someone: User, version: CourseVersion, settings: Settings
) -> None:
    settings.PACKAGES_URL = ""
    client.force_login(someone)
    page = client.get(reverse("training_package", args=[version.course.slug]))
    assert "PACKAGES_URL" in page.text
    assert "<iframe" not in page.text
