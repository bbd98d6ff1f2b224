"""A course that is a package is begun and gone on with like any other, on its own page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories import UserFactory
from tests.training.making import CourseVersionFactory, publish
from tests.visiting import as_person, text_of
from training.models import CourseVersion, Enrolment, ScormPackage

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> CourseVersion:
    draft = CourseVersionFactory(published_at=None)
    ScormPackage.objects.create(
        version=draft, scorm="12", original_name="a.zip", digest="0" * 64, size=1
    )
    return publish(draft)


def test_its_page_is_that_of_the_package(version: CourseVersion) -> None:
    client = as_person(UserFactory())
    package = reverse("training_package", args=[version.course.slug])

    assert client.get(reverse("course", args=[version.course.slug]))["Location"] == package
    assert client.post(reverse("course_start", args=[version.course.slug]))["Location"] == package
    mine = client.get(reverse("training"))
    assert f'href="{package}" role="button"' in mine.content.decode()
    assert "You have begun it" in text_of(mine)
    assert Enrolment.objects.under_way().count() == 1


def test_nothing_but_its_reports_completes_it(version: CourseVersion) -> None:
    user = UserFactory()
    client = as_person(user)
    client.post(reverse("course_start", args=[version.course.slug]))

    quiz = reverse("quiz", args=[version.course.slug])
    assert "This course has no quiz" in text_of(client.get(quiz))
    client.post(quiz)
    assert client.post(reverse("lesson", args=[version.course.slug, 1])).status_code == 404
    assert not user.completions.exists()
