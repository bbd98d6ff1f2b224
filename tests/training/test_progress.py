"""How many were in date at the end of each month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import ServiceArea, User
from accounts.permissions import CorporateRole
from tests.factories import CourseFactory, ServiceAreaFactory, UserFactory, person
from tests.visiting import as_person, text_of
from training.models import Assignment, Completion, Course, Group
from training.progress import Month, message, month_ends, months

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2025, 1, 1, tzinfo=timezone.get_fixed_timezone(0))


@pytest.fixture(autouse=True)
def in_november() -> Iterator[None]:
    with time_machine.travel("2026-11-23 09:00+00:00", tick=False):
        yield


@pytest.fixture
def course() -> Course:
    asked = CourseFactory(slug="everyone", needed_to_write=False, added_at=LONG_AGO)
    Assignment.objects.create(
        course=asked, group=Group.EVERYBODY, due_days=0, made_at=LONG_AGO + timedelta(days=1)
    )
    return asked


def somebody(area: ServiceArea | None = None, **fields: object) -> User:
    return UserFactory(**{"joined_at": LONG_AGO, "service_area": area, **fields})


def completed(user: User, course: Course, on: date, **fields: object) -> Completion:
    until = on.replace(year=on.year + 1)
    recorded = datetime.combine(on, datetime.min.time(), tzinfo=LONG_AGO.tzinfo)
    return Completion.objects.create(
        course=course,
        user=user,
        completed_on=on,
        expires_on=until,
        counts_until=until,
        **{"recorded_at": recorded, **fields},
    )


def of(course: Course, *, everybody: bool = False, by_directorate: bool = True) -> list[Month]:
    return months(course.pk, everybody=everybody, by_directorate=by_directorate)


def shares(found: list[Month]) -> dict[str, int | None]:
    return {f"{month.day:%b %Y}": month.whole.per_cent for month in found}


def test_the_months_are_the_twelve_that_are_over() -> None:
    ends = month_ends(date(2026, 3, 31))

    assert (len(ends), ends[0], ends[-1]) == (12, date(2025, 3, 31), date(2026, 2, 28))


def test_each_month_is_as_it_was_then(course: Course) -> None:
    completed(somebody(), course, date(2026, 3, 10))
    somebody()
    found = shares(of(course))

    assert found["Feb 2026"] == 0
    assert found["Mar 2026"] == 50
    assert found["Oct 2026"] == 50


def test_what_was_recorded_later_or_withdrawn_counts_from_then_on(course: Course) -> None:
    in_june = datetime(2026, 6, 15, tzinfo=LONG_AGO.tzinfo)
    completed(somebody(), course, date(2026, 3, 10), recorded_at=in_june)
    hr = person(CorporateRole.HR, joined_at=timezone.now())
    completed(
        somebody(),
        course,
        date(2026, 3, 10),
        withdrawn_at=in_june,
        withdrawn_by=hr,
        withdrawn_because="A slip",
    )
    found = shares(of(course))

    assert (found["May 2026"], found["Jun 2026"]) == (50, 50)
    later = datetime(2026, 8, 1, tzinfo=LONG_AGO.tzinfo)
    Completion.objects.filter(withdrawn_by=hr).update(withdrawn_at=later)
    assert shares(of(course))["Jul 2026"] == 100


def test_whoever_was_not_here_then_is_not_counted(course: Course) -> None:
    completed(somebody(), course, date(2026, 3, 10))
    somebody(joined_at=datetime(2026, 9, 2, tzinfo=LONG_AGO.tzinfo))
    somebody(employed_until=date(2026, 4, 15))
    found = shares(of(course))

    assert found["Mar 2026"] == 50
    assert found["Aug 2026"] == 100
    assert found["Sep 2026"] == 50


def test_of_nobody_who_was_asked_there_is_no_share(course: Course) -> None:
    Assignment.objects.update(made_at=datetime(2026, 10, 2, tzinfo=LONG_AGO.tzinfo))
    completed(somebody(), course, date(2026, 3, 10))

    assert [month.whole.per_cent for month in of(course)] == [None] * 11 + [100]
    assert of(course, everybody=True)[4].whole.per_cent == 100


def test_areas_are_counted_with_their_directorate_or_alone(course: Course) -> None:
    place = ServiceAreaFactory(name="Place")
    parks, roads = (ServiceAreaFactory(name=name, parent=place) for name in ("Parks", "Roads"))
    completed(somebody(parks), course, date(2026, 3, 10))
    somebody(roads)

    together, alone = of(course)[-1], of(course, by_directorate=False)[-1]

    assert together.parts["Place"].words == "50%"
    assert (alone.parts["Parks"].words, alone.parts["Roads"].words) == ("100%", "0%")
    assert "At the end of October 2026, 50% were in date, 50 points more" in message(of(course))
    assert "The lowest is Roads with 0%." in message(of(course, by_directorate=False))


def test_the_page_shows_the_message_the_table_and_a_file(course: Course) -> None:
    completed(somebody(ServiceAreaFactory(name="Place")), course, date(2026, 3, 10))
    client = as_person(person(CorporateRole.HR, joined_at=timezone.now()))

    text = text_of(client.get(reverse("training_progress")))
    data = b"".join(client.get(reverse("training_progress_csv"))).decode()

    assert "At the end of October 2026, 100% were in date" in text
    assert "Place" in text
    assert "2026-10-31,Place,1,1,100" in data


def test_a_line_manager_does_not_see_the_whole_council(course: Course) -> None:
    manager = person()
    somebody(manager=manager)

    assert as_person(manager).get(reverse("training_progress")).status_code == 403


def test_the_same_number_of_queries_for_any_number_of_people(course: Course) -> None:
    counts = []
    for number in (2, 20):
        for _ in range(number):
            completed(somebody(ServiceAreaFactory()), course, date(2026, 3, 10))
        with CaptureQueriesContext(connection) as queries:
            of(course)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12 * 6
