"""A course of ours as a package: its manifest, its files, and who may have it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from accounts.access import NotAllowed
from accounts.models import User
from accounts.permissions import CorporateRole
from audit.catalogue import Event
from audit.models import Entry
from tests.factories import CourseFactory, person
from tests.training.making import (
    CourseVersionFactory,
    LessonFactory,
    QuestionFactory,
    publish,
    published,
)
from tests.training.scorm.packaging import imported, taken_in
from training.actions.exporting import export_course
from training.actions.package_imports import offer_package
from training.actions.packages import Facts
from training.models import CourseVersion, LessonFile
from training.scorm.manifest import read_manifest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_storage(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def hr() -> User:
    return person(CorporateRole.HR)


def exported(hr: User, version: CourseVersion) -> zipfile.ZipFile:
    _version, package = export_course(by=hr, course=version.course)
    with package:
        return zipfile.ZipFile(io.BytesIO(package.read()))


def test_the_manifest_is_of_scorm_1_2_and_names_every_file(hr: User) -> None:
    archive = exported(
        hr, published(CourseFactory(slug="cats", title="Cats & <dogs>"), pass_mark=65)
    )
    raw = archive.read("imsmanifest.xml")
    manifest = read_manifest(raw, archive.namelist())
    assert (manifest.scorm, manifest.title) == ("12", "Cats & <dogs>")
    assert [(part.path, part.mastery_score) for part in manifest.parts] == [("index.html", 65)]
    root = fromstring(raw)
    assert [child.tag.rpartition("}")[2] for child in root] == [
        "metadata",
        "organizations",
        "resources",
    ]
    named = {each.get("href") for each in root.iter() if each.tag.endswith("}file")}
    assert named == set(archive.namelist()) - {"imsmanifest.xml"}


def test_what_goes_out_can_come_in_again(hr: User) -> None:
    _version, package = export_course(by=hr, course=published().course)
    with package:
        upload = SimpleUploadedFile("ours.zip", package.read())
    again = taken_in(offer_package(by=hr, package=upload, facts=Facts(title="Come back")))
    assert again.package.parts.get().path == "index.html"


def test_pictures_and_films_go_along_under_their_digests(hr: User) -> None:
    version = CourseVersionFactory(published_at=None)
    picture, film = (_file(version, name, kind) for name, kind in FILES)
    LessonFactory(
        version=version,
        text=f"![A cat](picture:{picture.pk}) ![Not ours](picture:999) ![x](https://x.example/a.png)",
        video=film,
        transcript="She says **hello**.",
    )
    archive = exported(hr, publish(version))
    page = archive.read("index.html").decode()
    paths = [name for name in archive.namelist() if name.startswith("files/")]
    assert len(paths) == 2
    assert archive.read(f"files/{picture.digest[:32]}.png") == b"cat.png"
    assert f'<img src="files/{picture.digest[:32]}.png" alt="A cat">' in page
    assert page.count("<img") == 1
    assert "She says <strong>hello</strong>." in page


FILES = (("cat.png", "image/png"), ("film.mp4", "video/mp4"))


def _file(version: CourseVersion, name: str, content_type: str) -> LessonFile:
    return LessonFile.objects.create(
        course=version.course,
        file=default_storage.save(f"lessons/{name}", ContentFile(name.encode())),
        digest=(name.encode().hex() * 8)[:64],
        content_type=content_type,
        original_name=name,
        size=7,
        width=1,
        height=1,
    )


def test_nothing_outside_is_asked_for_and_no_page_of_ours_is_linked(hr: User) -> None:
    version = CourseVersionFactory(published_at=None)
    LessonFactory(
        version=version,
        text="Read [the policy](/policies/x/) and [the Act](https://law.example/act). <script>",
    )
    page = exported(hr, publish(version)).read("index.html").decode()
    assert "default-src 'none'" in page
    assert re.findall(r'(?:src|data|action)="(https?:[^"]*)"', page) == []
    assert "/policies/x/" not in page
    assert "the policy and" in page
    assert '<a target="_blank" href="https://law.example/act"' in page
    assert page.count("<script") == 2


def test_hostile_words_stay_words(hr: User) -> None:
    course = CourseFactory(slug="x", title="</title><script>x</script>")
    version = CourseVersionFactory(course=course, published_at=None)
    LessonFactory(version=version, title="<img src=x onerror=x>")
    QuestionFactory(
        version=version, text='"><script>y</script>', answers=("<b>a</b>", "b"), right=("b",)
    )
    page = exported(hr, publish(version)).read("index.html").decode()
    for wrong in ("<script>x", "<script>y", "<img", "<b>a"):
        assert wrong not in page


def test_the_quiz_asks_as_many_as_are_drawn_and_as_there_are(hr: User) -> None:
    few = exported(hr, published(questions=4, questions_drawn=10, attempts_allowed=3))
    page = few.read("index.html").decode()
    found = re.search(r'<script id="facts"[^>]*>(.*?)</script>', page)
    assert found
    assert json.loads(found[1]) == {"attempts": 3, "draws": 4, "passMark": 80}


def test_each_export_is_in_the_audit_trail(hr: User) -> None:
    version = published()
    exported(hr, version)
    entry = Entry.objects.order_by("-sequence")[0]
    assert entry.event == Event.COURSE_EXPORTED
    assert entry.details["after"] == {"course": version.course.title, "version": version.number}


def test_only_whoever_writes_courses_exports_them() -> None:
    course = published().course
    with pytest.raises(NotAllowed):
        export_course(by=person(), course=course)


def test_a_draft_and_a_package_of_others_are_not_exported(hr: User, client: Client) -> None:
    draft = CourseVersionFactory(published_at=None)
    LessonFactory(version=draft)
    package = imported(hr)
    client.force_login(hr)
    for version in (draft, package):
        with pytest.raises(ValidationError):
            export_course(by=hr, course=version.course)
        assert client.get(f"/training/{version.course.slug}/export/").status_code == 404
