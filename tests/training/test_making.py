"""What the other tests take courses from."""

from __future__ import annotations

import pytest

from tests.training.making import published
from training.models import CourseVersion

pytestmark = pytest.mark.django_db


def test_a_published_version_can_be_taken() -> None:
    version = published(lessons=3, questions=4, pass_mark=50)

    assert CourseVersion.objects.newest().get() == version
    assert version.lessons.filter(in_refresher=True).count() == 1
    assert version.questions.bank().filter(in_refresher=True).count() == 2
    assert all(each.answers.filter(is_right=True).exists() for each in version.questions.all())
    assert published(version.course).number == 2
