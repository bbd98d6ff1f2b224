"""The database refuses to change a package that people are judged by, however it is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import IntegrityError, InternalError, models, transaction
from pytest_django import Settings

from accounts.permissions import CorporateRole
from tests.factories import CourseFactory, person
from tests.training.making import CourseVersionFactory, published
from tests.training.scorm.packaging import imported
from training.models import PackageFile, PackagePart, Scorm, ScormPackage
from training.triggers.packages import REFUSED

pytestmark = pytest.mark.django_db

Deed = Callable[[ScormPackage], object]


@pytest.fixture
def package(settings: Settings, tmp_path: Path) -> ScormPackage:
    settings.MEDIA_ROOT = tmp_path
    return imported(person(CorporateRole.HR)).package


def _of_a_draft() -> ScormPackage:
    course = CourseFactory(slug="another", title="Another")
    version = CourseVersionFactory(course=course, published_at=None)
    made = ScormPackage.objects.create(
        version=version, scorm=Scorm.V12, original_name="a.zip", digest="0", size=1
    )
    PackageFile.objects.create(package=made, path="z.html", stored_as="z", size=1)
    PackagePart.objects.create(package=made, position=9, title="Z", path="z.html")
    return made


def _gone(rows: models.QuerySet[models.Model]) -> object:
    return rows._raw_delete("default")


DEEDS: dict[str, Deed] = {
    "another version of SCORM": lambda p: ScormPackage.objects.filter(pk=p.pk).update(
        scorm=Scorm.V2004
    ),
    "another digest": lambda p: ScormPackage.objects.filter(pk=p.pk).update(digest="0" * 64),
    "it is deleted": lambda p: _gone(ScormPackage.objects.filter(pk=p.pk)),
    "it becomes that of a draft": lambda p: ScormPackage.objects.filter(pk=p.pk).update(
        version=CourseVersionFactory(course=CourseFactory(slug="b", title="B"), published_at=None)
    ),
    "lessons get one as well": lambda p: ScormPackage.objects.create(
        version=published(CourseFactory(slug="b", title="B")),
        scorm=Scorm.V12,
        original_name="a.zip",
        digest="0",
        size=1,
    ),
    "a lower pass mark": lambda p: p.parts.update(mastery_score=1),
    "another threshold": lambda p: p.parts.update(completion_threshold=0.1),
    "another page is opened": lambda p: p.parts.update(path="imsmanifest.xml"),
    "a part is deleted": lambda p: _gone(p.parts.all()),
    "a part is added": lambda p: p.parts.create(position=2, title="More", path="index.html"),
    "a part is moved in": lambda p: _of_a_draft().parts.update(package=p),
    "a part is moved out": lambda p: p.parts.update(package=_of_a_draft()),
    "another file under a name": lambda p: p.files.filter(path="index.html").update(stored_as="x"),
    "a file is deleted": lambda p: _gone(p.files.filter(path="index.html")),
    "a file is added": lambda p: p.files.create(path="more.html", stored_as="x", size=1),
    "a file is moved in": lambda p: _of_a_draft().files.update(package=p),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_a_published_package_stands(deed: Deed, package: ScormPackage) -> None:
    with pytest.raises((IntegrityError, InternalError), match=REFUSED), transaction.atomic():
        deed(package)


def test_a_package_of_a_draft_is_free_to_change_and_goes_with_it() -> None:
    package = _of_a_draft()
    package.parts.update(mastery_score=50)
    package.files.update(size=2)
    package.version.delete()
    assert not PackagePart.objects.exists()
    assert not PackageFile.objects.exists()
