"""Pictures and videos of lessons: shown where they belong, and only what was published."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts.models import User
from accounts.permissions import CorporateRole
from tests.factories import CourseFactory, UserFactory, person
from tests.training.making import CourseVersionFactory, LessonFactory, publish
from tests.visiting import as_person, text_of
from training.actions.taking import begin
from training.lesson_texts import page_of
from training.models import Course, Lesson, LessonFile

pytestmark = pytest.mark.django_db


def kept(course: Course, content_type: str = "image/png", **fields: Any) -> LessonFile:
    name = default_storage.save("lessons/a-file", ContentFile(b"0123456789"))
    digest = f"{LessonFile.objects.count():064}"
    return LessonFile.objects.create(
        course=course,
        file=name,
        content_type=content_type,
        digest=digest,
        size=10,
        width=64,
        height=36,
        **fields,
    )


def address(file: LessonFile) -> str:
    return reverse("lesson_file", args=[file.course.slug, file.pk])


def showing(file: LessonFile, *, is_published: bool = True) -> Lesson:
    """A version with one lesson, that shows it."""
    draft = CourseVersionFactory(course=file.course, published_at=None)
    lesson = LessonFactory(version=draft, text=f"![A map](picture:{file.pk})")
    if is_published:
        publish(draft)
    return lesson


@pytest.fixture
def reader() -> User:
    return UserFactory()


def test_a_lesson_shows_its_picture(reader: User) -> None:
    file = kept(CourseFactory())
    lesson = showing(file)
    begin(by=reader, course=file.course)
    client = as_person(reader)

    page = client.get(reverse("lesson", args=[file.course.slug, lesson.position]))
    answer = client.get(address(file))

    assert f'<img src="{address(file)}" alt="A map">' in page.content.decode()
    assert b"".join(answer) == b"0123456789"
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"].startswith("private")


def test_a_picture_of_another_course_is_only_its_words() -> None:
    file = kept(CourseFactory(slug="another"))

    html = page_of(f"![A map](picture:{file.pk})", CourseFactory()).html

    assert "<img" not in html
    assert "A map" in html


@pytest.mark.parametrize(
    "source",
    ["https://evil.example/x.png", "picture:x", "picture:", "/media/x", "data:image/png,x"],
)
def test_a_picture_from_anywhere_else_is_only_its_words(source: str) -> None:
    assert "<img" not in page_of(f"![A map]({source})", CourseFactory()).html


def test_what_only_a_draft_shows_is_for_those_who_write_courses(reader: User) -> None:
    file = kept(CourseFactory())
    showing(file, is_published=False)

    assert as_person(reader).get(address(file)).status_code == 404
    author = person(CorporateRole.HR)
    assert as_person(author).get(address(file)).status_code == 200


def test_a_number_that_begins_like_a_published_one_is_not_that_one(reader: User) -> None:
    course = CourseFactory()
    files = [kept(course) for _ in range(2)]
    LessonFile.objects.filter(pk=files[1].pk).update(id=files[0].pk * 10 + 1)
    other = LessonFile.objects.get(pk=files[0].pk * 10 + 1)
    showing(other)

    assert as_person(reader).get(address(other)).status_code == 200
    assert as_person(reader).get(address(files[0])).status_code == 404


def test_a_file_is_found_under_its_own_course_only(reader: User) -> None:
    file = kept(CourseFactory())
    showing(file)
    CourseFactory(slug="another")

    elsewhere = reverse("lesson_file", args=["another", file.pk])
    assert as_person(reader).get(elsewhere).status_code == 404


@pytest.mark.parametrize("content_type", ["text/html", "image/svg+xml", "application/pdf"])
def test_nothing_that_a_browser_might_run_is_served(content_type: str, reader: User) -> None:
    file = kept(CourseFactory(), content_type)
    showing(file)

    assert as_person(reader).get(address(file)).status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_not_found(reader: User) -> None:
    file = kept(CourseFactory())
    showing(file)
    default_storage.delete(str(file.file.name))

    assert as_person(reader).get(address(file)).status_code == 404


def test_a_video_stands_with_its_controls_and_its_transcript_and_plays_in_parts(
    reader: User,
) -> None:
    video = kept(CourseFactory(), "video/mp4")
    draft = CourseVersionFactory(course=video.course, published_at=None)
    LessonFactory(version=draft, video=video, transcript="A *dog*.")
    publish(draft)
    begin(by=reader, course=video.course)
    client = as_person(reader)

    page = client.get(reverse("lesson", args=[video.course.slug, 1]))
    part = client.get(address(video), headers={"Range": "bytes=2-4"})

    html = page.content.decode()
    assert "<video" in html
    assert " controls " in html
    assert f'<source src="{address(video)}" type="video/mp4">' in html
    assert "Read what is said and shown in the video A dog ." in text_of(page)
    assert (part.status_code, b"".join(part)) == (206, b"234")
