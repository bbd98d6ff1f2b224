"""A course that everybody is asked for, a week after they came; everybody came long ago."""

from __future__ import annotations

import pytest

from tests.factories import CourseFactory
from tests.training.matrix.people import ask
from training.models import Course


@pytest.fixture
def course() -> Course:
    asked = CourseFactory(slug="everyone", title="Social media for everyone")
    ask(asked)
    return asked
