"""A package becomes a published version of a course; one that is not right becomes nothing."""

from __future__ import annotations

import io
import os
import stat
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from pytest_django import Settings

from accounts.access import NotAllowed
from accounts.models import User
from accounts.permissions import CorporateRole
from audit.catalogue import Event
from audit.models import Entry
from jobs.models import Job, JobState
from tests.factories import person
from tests.training.making import CourseVersionFactory, published
from tests.training.scorm.packaging import (
    PAGE,
    V2004,
    bomb,
    imported,
    manifest,
    unpacked,
    upload,
    zipped,
)
from training.actions.package_imports import offer_package
from training.actions.packages import Facts
from training.models import Course, CourseVersion, Scorm, ScormPackage
from training.scorm import unpacking
from training.scorm.manifest import MOST_PARTS

pytestmark = pytest.mark.django_db

ADDRESS = "/training/packages/new/"


@pytest.fixture
def hr() -> User:
    return person(CorporateRole.HR)


@pytest.fixture(autouse=True)
def _own_storage(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def refusal_of(hr: User, content: bytes) -> str:
    """What is said about a package, at once or by the worker; nothing of it may have been kept."""
    try:
        job = offer_package(by=hr, package=upload(content), facts=Facts())
    except ValidationError as refused:
        words = " ".join(refused.messages)
        assert not Job.objects.exists()
    else:
        assert not Course.objects.filter(slug="fire-safety").exists()
        done = unpacked(job)
        assert done.state == JobState.FAILED
        assert done.result_url == ADDRESS
        words = done.message
        assert words.endswith("Nothing of the package is kept.")
    assert not ScormPackage.objects.exists()
    assert not Course.objects.filter(slug="fire-safety").exists()
    assert not default_storage.exists("packages")
    assert waiting() == []
    return words


def test_a_package_with_more_parts_than_anybody_takes_is_refused(hr: User) -> None:
    hrefs = [f"part-{n}.html" for n in range(MOST_PARTS + 1)]
    files = {"imsmanifest.xml": manifest(*hrefs), **dict.fromkeys(hrefs, "<p>Leave.</p>")}
    assert "more than 200 parts" in refusal_of(hr, zipped(files))


def waiting() -> list[str]:
    """The ZIP files that wait for a worker."""
    folder = Path(default_storage.path("package-uploads"))
    return [each.name for each in folder.glob("*")]


def test_a_package_becomes_a_new_course(hr: User) -> None:
    version = imported(hr, {"media/film.mp4": b"\0" * 10})

    assert (version.course.title, version.course.slug) == ("Fire safety", "fire-safety")
    assert (version.number, version.published_by, version.is_draft) == (1, hr, False)
    package = version.package
    assert (package.scorm, package.original_name) == (Scorm.V12, "fire-safety.zip")
    assert [part.path for part in package.parts.all()] == ["index.html"]
    paths = [file.path for file in package.files.all()]
    assert paths == ["imsmanifest.xml", "index.html", "media/film.mp4"]
    entry = Entry.objects.order_by("-sequence")[0]
    assert entry.event == Event.PACKAGE_IMPORTED
    assert entry.details["after"]["digest"] == package.digest


def test_files_lie_under_digests_and_never_under_their_names(hr: User) -> None:
    package = imported(hr).package
    for file in package.files.all():
        assert file.stored_as.startswith(f"packages/{package.digest}/")
        assert "index" not in file.stored_as
        assert default_storage.size(file.stored_as) == file.size
    assert default_storage.open(package.files.get(path="index.html").stored_as).read() == (
        PAGE.encode()
    )


def test_a_package_becomes_the_next_version_of_a_course(hr: User) -> None:
    before = published()
    version = imported(hr, course=before.course)
    assert (version.course, version.number) == (before.course, 2)
    assert CourseVersion.objects.newest().get(course=before.course) == version


def test_a_course_with_a_draft_takes_no_package(hr: User) -> None:
    draft = CourseVersionFactory(published_at=None)
    with pytest.raises(ValidationError, match="has a draft"):
        imported(hr, course=draft.course)


def test_titles_that_are_the_same_have_addresses_of_their_own(hr: User) -> None:
    assert [imported(hr).course.slug for _ in range(2)] == ["fire-safety", "fire-safety-2"]


def test_only_whoever_writes_courses_takes_packages_in() -> None:
    with pytest.raises(NotAllowed):
        imported(person())


def test_without_a_second_host_nothing_is_taken_in(hr: User, settings: Settings) -> None:
    settings.PACKAGES_URL = ""
    with pytest.raises(ValidationError, match="PACKAGES_URL"):
        imported(hr)


def test_several_parts_keep_the_order_of_the_organisation(hr: User) -> None:
    text = manifest(
        "b/start.html?x=1#top", "a.html", more="<adlcp:masteryscore>70</adlcp:masteryscore>"
    )
    package = imported(hr, {"imsmanifest.xml": text, "b/start.html": PAGE, "a.html": PAGE}).package
    parts = list(package.parts.all())
    assert [(part.path, part.query) for part in parts] == [
        ("b/start.html", "?x=1#top"),
        ("a.html", ""),
    ]
    assert [part.mastery_score for part in parts] == [70, 70]


def test_scorm_2004_is_told_apart_and_its_thresholds_are_read(hr: User) -> None:
    more = (
        '<adlcp:completionThreshold minProgressMeasure="0.5"/><imsss:sequencing><imsss:objectives>'
        '<imsss:primaryObjective satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.65'
        "</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives>"
        "</imsss:sequencing>"
    )
    package = imported(hr, form=V2004, more=more).package
    part = package.parts.get()
    assert package.scorm == Scorm.V2004
    assert (part.mastery_score, part.completion_threshold) == (65, 0.5)


def test_folders_that_addresses_begin_in_are_put_together(hr: User) -> None:
    text = (
        manifest("start.html", more="")
        .replace("<resources>", '<resources xml:base="course/">')
        .replace('identifier="r1"', 'identifier="r1" xml:base="one/"')
        .replace('identifierref="r1"', 'identifierref="r1" parameters="?lang=en"')
    )
    package = imported(hr, {"imsmanifest.xml": text, "course/one/start.html": PAGE}).package
    part = package.parts.get()
    assert (part.path, part.query) == ("course/one/start.html", "?lang=en")


def test_what_an_operating_system_left_behind_is_passed_over(hr: User) -> None:
    left: dict[str, str | bytes] = {
        "__MACOSX/index.html": "x",
        ".DS_Store": b"x",
        "media/Thumbs.db": b"x",
        "._a.html": "x",
    }
    paths = {file.path for file in imported(hr, left).package.files.all()}
    assert paths == {"imsmanifest.xml", "index.html"}


CLIMBING = (
    "../evil.html",
    "media/../../evil.html",
    "/etc/evil.html",
    "C:/evil.html",
    "c:evil.html",
    "..\\evil.html",
    "media\\evil.html",
    "//server/share/evil.html",
    "media//evil.html",
    "./evil.html",
    "media/./evil.html",
    "evil\x07.html",
    "evil\x00.html",
    "evil\u202elmth.html",
    "media/" + "x" * 400 + ".html",
)


@pytest.mark.parametrize("name", CLIMBING)
def test_names_that_climb_out_or_hide_are_refused(name: str, hr: User) -> None:
    # The name goes in byte by byte: Python’s own writer would mend some of these.
    stand_in = "n" * len(name.encode())
    raw = zipped({stand_in: PAGE}).replace(stand_in.encode(), name.encode())
    assert refusal_of(hr, raw)


@pytest.mark.parametrize(
    "name",
    ["run.exe", "page.php", "page.html.sh", "flash.swf", "archive.zip", "noending", "a.htaccess"],
)
def test_other_types_of_files_are_refused(name: str, hr: User) -> None:
    assert "files of that type" in refusal_of(hr, zipped({name: "x"}))


def test_the_same_name_in_other_letters_is_refused(hr: User) -> None:
    assert "twice" in refusal_of(hr, zipped({"INDEX.html": PAGE}))


def test_a_file_in_a_folder_that_is_a_file_is_refused(hr: User) -> None:
    assert "folder that is a file" in refusal_of(hr, zipped({"index.html/a.html": PAGE}))


def _with_entry(change: Callable[[zipfile.ZipInfo], None]) -> bytes:
    made = io.BytesIO(zipped())
    with zipfile.ZipFile(made, "a") as archive:
        entry = zipfile.ZipInfo("odd.html")
        change(entry)
        archive.writestr(entry, "/etc/passwd")
    return made.getvalue()


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO, stat.S_IFBLK])
def test_links_and_devices_are_refused(kind: int, hr: User) -> None:
    def change(entry: zipfile.ZipInfo) -> None:
        entry.create_system, entry.external_attr = 3, (kind | 0o777) << 16

    assert "link" in refusal_of(hr, _with_entry(change))


def test_an_encrypted_file_is_refused(hr: User) -> None:
    raw = bytearray(zipped())
    at = raw.index(b"PK\x01\x02")
    raw[at + 8] |= 1
    assert "encrypted" in refusal_of(hr, bytes(raw))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_compressing_are_refused(method: int, hr: User) -> None:
    assert "Deflate" in refusal_of(
        hr, _with_entry(lambda entry: setattr(entry, "compress_type", method))
    )


@pytest.mark.parametrize("raw", [b"not a zip", b"PK\x03\x04", zipped()[:-40], zipped()[40:200]])
def test_what_is_no_zip_file_is_refused(raw: bytes, hr: User) -> None:
    assert "ZIP file" in refusal_of(hr, raw)


def test_too_many_files_are_refused(hr: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST_FILES", 20)
    assert "at most 20" in refusal_of(hr, zipped({f"{n}.html": "" for n in range(20)}))


def test_a_list_that_is_too_long_is_never_read(hr: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "LONGEST_LIST", 2_000)
    assert "lists more files" in refusal_of(hr, zipped({f"{n}.html": "" for n in range(60)}))


@pytest.fixture
def memory() -> Callable[[], int]:
    """How much the process has grown since."""
    process = psutil.Process()
    before = process.memory_info().rss
    return lambda: process.memory_info().rss - before


@pytest.mark.parametrize("said", [100_000_000, 10], ids=["honest", "lying"])
def test_ten_gigabytes_when_unpacked_are_refused_at_once(
    said: int, hr: User, memory: Callable[[], int], tmp_path: Path
) -> None:
    raw = bomb(entries=100, said=said)
    assert len(raw) < 12_000_000
    began = time.monotonic()
    assert refusal_of(hr, raw)
    assert time.monotonic() - began < 2
    assert memory() < 100_000_000
    assert not [each for each in tmp_path.rglob("*") if each.is_file()]


def test_what_inflates_too_far_is_refused_even_within_the_limit(hr: User) -> None:
    assert "200 times" in refusal_of(hr, bomb(entries=1, said=100_000_000))


def test_bytes_are_counted_as_they_come(hr: User, settings: Settings) -> None:
    settings.PACKAGE_MAX_BYTES = 1_000_000
    raw = zipped({f"{n}.txt": os.urandom(400_000) for n in range(3)})
    assert "larger than 1 MB" in refusal_of(hr, raw)
    whole = zipfile.ZipFile(io.BytesIO(raw))
    archive = unpacking.Archive(whole, {"0.txt": whole.getinfo("0.txt")}, len(raw))
    with pytest.raises(ValidationError, match="larger than 1 MB"):
        archive._inflate(whole.getinfo("0.txt"), 900_000, lambda files: None)


def test_a_zip_file_that_is_too_large_itself_is_refused(hr: User, settings: Settings) -> None:
    settings.PACKAGE_MAX_BYTES = 1_000_000
    raw = zipped({"a.txt": "", "imsmanifest.xml": manifest()}) + bytes(1_000_000)
    assert "The ZIP file is larger than 1 MB" in refusal_of(hr, raw)


ENTITIES = '<!DOCTYPE m [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{"&" + chr(97 + n) + ";"}{("&" + chr(97 + n) + ";") * 9}">'
    for n in range(9)
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ENTITIES + "]><manifest>&j;</manifest>", "entities"),
        (
            '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><manifest>&x;</manifest>',
            "entities",
        ),
        ('<!DOCTYPE m SYSTEM "http://evil.example/m.dtd"><manifest/>', "document type"),
        ("<manifest>", "not well-formed"),
        ("", "not well-formed"),
        ("\0\0", "not well-formed"),
        ("<course/>", "not the manifest"),
        ("<manifest/>", "no organisation"),
        (manifest().replace("1.2</schemaversion>", "AICC</schemaversion>"), "SCORM 1.2"),
        (manifest("missing.html"), "not in the package"),
        (manifest("../../etc/passwd.html"), "not in the package"),
        (manifest("%2e%2e/index.html"), "not in the package"),
        (manifest("https://evil.example/index.html"), "not in the package"),
        (manifest("//evil.example/index.html"), "not in the package"),
        (manifest("javascript:alert(1)"), "not in the package"),
        (manifest("/index.html"), "not in the package"),
        (manifest("imsmanifest.xml"), "not a page"),
        (manifest().replace('identifierref="r1"', 'identifierref="r9"'), "consists of"),
        (manifest().replace('identifierref="r1"', ""), "nothing to open"),
        (manifest("index.html?" + "x" * 600), "too long"),
        (manifest() + " " * 2_000_001, "larger than 2 MB"),
        ("<manifest>" + "<a>" * 100_000 + "</a>" * 100_000 + "</manifest>", "no organisation"),
    ],
)
def test_a_manifest_that_is_wrong_is_refused(text: str, words: str, hr: User) -> None:
    assert words in refusal_of(hr, zipped({"imsmanifest.xml": text}))


def test_a_manifest_in_a_folder_is_explained(hr: User) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("course/imsmanifest.xml", manifest())
    assert "in the folder “course”" in refusal_of(hr, made.getvalue())
