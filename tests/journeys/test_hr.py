"""HR finds those who are overdue, reminds them, and takes the matrix away for Excel."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from accounts.permissions import CorporateRole
from tests.factories import CourseFactory, ServiceAreaFactory, person
from tests.journeys.conftest import NewVisitor
from tests.journeys.looking import violations
from tests.training.matrix.people import ask, completed, somebody
from training.models import LearningReminder

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_hr_finds_those_overdue_reminds_them_and_downloads_the_matrix(
    script: bool, visitor: NewVisitor, tmp_path: Path
) -> None:
    course = CourseFactory(slug="everyone", title="Social media for everyone")
    ask(course)
    officer = person(CorporateRole.HR, name="Hat Ryan")
    completed(officer, course, until=200)
    libraries = ServiceAreaFactory(name="Libraries")
    completed(somebody("Ann Done", service_area=libraries), course, until=90)
    for name in ("Bob Late", "Cat Later"):
        somebody(name, service_area=libraries)
    hr = visitor(script=script).is_signed_in_as(officer)
    page = hr.page

    hr.open("/")
    hr.press("Training")
    hr.press("Matrix")
    assert not script or violations(hr) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download for Excel").click()
    clicks = hr.clicks + 1
    taken.value.save_as(tmp_path / "matrix.xlsx")
    hr.press("2 people are late with something")
    assert "Ann Done" not in hr.words
    hr.press("Remind 2 people")
    assert "Bob Late, Libraries" in hr.words
    assert not script or violations(hr) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    hr.press("Remind 2 people")
    assert "2 people are reminded." in hr.words
    hr.press("Bob Late")
    assert "Asked for by a person" in hr.words
    assert not script or violations(hr) == []

    assert clicks == 3
    rows = list(load_workbook(tmp_path / "matrix.xlsx")["People"].iter_rows(values_only=True))
    standing = {row[0]: row[rows[0].index("Social media for everyone")] for row in rows[1:]}
    assert standing == {
        "Ann Done": "In date",
        "Bob Late": "Late",
        "Cat Later": "Late",
        "Hat Ryan": "In date",
    }
    assert set(LearningReminder.objects.values_list("user__name", flat=True)) == {
        "Bob Late",
        "Cat Later",
    }
    assert hr.problems == []
