"""Completions from another learning system's file: read, offered, recorded once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.access import NotAllowed
from accounts.models import User
from accounts.permissions import CorporateRole
from audit.catalogue import Event
from audit.models import Entry
from jobs.models import Job, JobState
from jobs.running import run
from pages.csv_cells import csv_pieces
from tests.factories import CourseFactory, UserFactory, person
from tests.training.records.sheets import sheet
from tests.visiting import as_person, text_of
from training.actions.completions import record_completion, withdraw_completion
from training.actions.importing import forget_old_imports, offer_completions, record_rows
from training.importing.columns import GUIDE, example_for
from training.models import CompletedBy, Completion, CompletionImport, Course

pytestmark = pytest.mark.django_db
DAY = "2026-03-31"


@pytest.fixture
def hr() -> User:
    """HR, whose own learning is not what these tests are about."""
    found = person(CorporateRole.HR)
    Completion.objects.all().delete()
    return found


@pytest.fixture
def course() -> Course:
    return CourseFactory(title="Fire safety", slug="fire-safety")


def offered(hr: User, *rows: Mapping[str, object]) -> CompletionImport:
    return offer_completions(by=hr, name="lms.csv", data=sheet(*rows))


def reasons(found: CompletionImport) -> list[str]:
    return [each["reason"] for each in found.problems]


def recorded(hr: User, found: CompletionImport) -> Job:
    job = record_rows(by=hr, offered=found)
    run(job.pk)
    job.refresh_from_db()
    return job


@pytest.mark.usefixtures("course")
def test_good_rows_are_recorded_with_score_and_reference(hr: User) -> None:
    reg = UserFactory(email="", staff_number="104233")
    liz = UserFactory(email="liz@wealdmoor.example")

    found = offered(
        hr,
        {"staff number": "104233", "course": "Fire Safety", "day": DAY, "score": "85%"},
        {"e-mail": "LIZ@wealdmoor.example", "course": "fire-safety", "day": "31/03/2026",
         "reference": "LMS-7"},
    )  # fmt: skip
    assert (len(found.good), found.problems) == (2, [])
    assert not Completion.objects.exists()
    job = recorded(hr, found)

    assert (job.state, job.message) == (JobState.DONE, "2 completions are recorded.")
    kept = {each.user: each for each in Completion.objects.all()}
    assert {each.by for each in kept.values()} == {CompletedBy.OTHER_SYSTEM}
    assert {each.completed_on for each in kept.values()} == {date(2026, 3, 31)}
    assert (kept[reg].score, kept[reg].note) == (85, "")
    assert (kept[liz].score, kept[liz].note) == (None, "Reference LMS-7")


@pytest.mark.usefixtures("course")
def test_each_completion_and_the_file_are_in_the_trail(hr: User) -> None:
    UserFactory(staff_number="1")
    recorded(hr, offered(hr, {"staff number": "1", "course": "fire-safety", "day": DAY}))

    events = list(Entry.objects.order_by("sequence").values_list("event", flat=True))
    assert events[-2:] == [Event.COURSE_COMPLETED, Event.COMPLETIONS_IMPORTED]
    last = Entry.objects.order_by("-sequence")[0]
    assert last.details["after"] == {"count": "1", "rows": "1", "rows_with_problems": "0"}


@pytest.mark.usefixtures("course")
def test_sending_the_same_again_changes_nothing(hr: User) -> None:
    UserFactory(staff_number="1")
    row = {"staff number": "1", "course": "fire-safety", "day": DAY}
    first, second = offered(hr, row), offered(hr, row)
    recorded(hr, first)

    # One that was read before the other was recorded, and one read afterwards.
    assert recorded(hr, second).message == "0 completions are recorded."
    third = offered(hr, row)
    assert (third.good, third.known, third.problems) == ([], 1, [])
    assert Completion.objects.count() == 1


@pytest.mark.usefixtures("course")
def test_a_worker_that_does_it_again_records_nothing_twice(hr: User) -> None:
    UserFactory(staff_number="1")
    job = recorded(hr, offered(hr, {"staff number": "1", "course": "fire-safety", "day": DAY}))
    CompletionImport.objects.update(taken_at=None)
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING, ended_at=None)

    run(job.pk)

    assert Completion.objects.count() == 1


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"staff number": "", "e-mail": ""}, "Enter the staff number or the e-mail address."),
        ({"staff number": "77"}, "Nobody here has the staff number “77”."),
        ({"e-mail": "x@y.example"}, "Nobody here has the e-mail address “x@y.example”."),
        ({"staff number": "2"}, "Lee Left does not work for the council any more."),
        ({"staff number": "1", "e-mail": "liz@wealdmoor.example"},
         "This is Liz Lake, but the number is Reg Cole’s."),
        ({"course": "Juggling"}, "There is no course “Juggling”."),
        ({"course": ""}, "Enter the course."),
        ({"day": "31 March"}, "Enter a real date, such as 2026-03-31 or 31/03/2026."),
        ({"day": "tomorrow"}, "The day must be today or in the past."),
        ({"score": "101"}, "Enter a whole number from 0 to 100, or leave it empty."),
        ({"score": "²"}, "Enter a whole number from 0 to 100, or leave it empty."),
        ({"reference": "x" * 101}, "Enter at most 100 characters."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_row_is_said_and_the_row_not_offered(
    hr: User, row: dict[str, str], reason: str
) -> None:
    today = timezone.localdate()
    UserFactory(name="Reg Cole", staff_number="1")
    UserFactory(name="Liz Lake", email="liz@wealdmoor.example")
    UserFactory(name="Lee Left", staff_number="2", employed_until=today - timedelta(days=1))
    if row.get("day") == "tomorrow":
        row = {"day": (today + timedelta(days=1)).isoformat()}
    person_of = {} if {"staff number", "e-mail"} & row.keys() else {"staff number": "1"}

    found = offered(hr, {"course": "fire-safety", "day": DAY, **person_of, **row})

    assert reasons(found) == [reason]
    assert found.good == []


def test_the_same_twice_in_a_file_and_what_hr_withdrew_are_named(hr: User, course: Course) -> None:
    reg = UserFactory(staff_number="1")
    UserFactory(staff_number="2")
    wrong = record_completion(by=hr, person=reg, course=course, completed_on=date(2026, 3, 31))
    withdraw_completion(by=hr, completion=wrong, reason="Not his")
    row = {"staff number": "2", "course": "fire-safety", "day": DAY}

    found = offered(hr, row, row, {**row, "staff number": "1"})

    assert len(found.good) == 1
    assert reasons(found) == [
        "Row 2 has the same person, course and day already.",
        "HR withdrew this completion. Where it is right after all, record it by hand.",
    ]


@pytest.mark.usefixtures("course")
def test_somebody_who_leaves_meanwhile_is_left_out_and_named(hr: User) -> None:
    reg = UserFactory(name="Reg Cole", staff_number="1")
    UserFactory(staff_number="2")
    row = {"staff number": "1", "course": "fire-safety", "day": DAY}
    found = offered(hr, row, {**row, "staff number": "2"})
    User.objects.filter(pk=reg.pk).update(is_active=False)

    job = recorded(hr, found)

    found.refresh_from_db()
    assert Completion.objects.get().user.staff_number == "2"
    assert "1 row was not imported" in job.message
    assert reasons(found) == ["Reg Cole does not work for the council any more."]


@pytest.mark.usefixtures("course")
def test_whoever_lost_the_right_meanwhile_records_nothing(hr: User) -> None:
    UserFactory(staff_number="1")
    found = offered(hr, {"staff number": "1", "course": "fire-safety", "day": DAY})
    job = record_rows(by=hr, offered=found)
    hr.corporate_grants.all().delete()

    run(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert not Completion.objects.exists()
    with pytest.raises(NotAllowed):
        offered(hr, {"staff number": "1"})


def test_reading_takes_the_same_number_of_queries_however_many_rows_there_are(hr: User) -> None:
    course = CourseFactory()
    counts = []
    for many in (2, 40):
        for number in range(many):
            UserFactory(staff_number=f"{many}-{number}")
        rows = [
            {"staff number": f"{many}-{number}", "course": course.slug, "day": DAY}
            for number in range(many)
        ]
        with CaptureQueriesContext(
            connection,
        ) as taken:
            offered(hr, *rows)
        counts.append(len(taken))
    assert counts[0] == counts[1]


def test_the_example_can_be_imported_as_it_is(hr: User, course: Course) -> None:
    data = b"".join(csv_pieces(example_for(hr)))
    found = offer_completions(by=hr, name="example.csv", data=data)
    assert (len(found.good), found.problems) == (1, [])
    assert "Enter this or the e-mail address" in GUIDE[0].takes


def test_the_pages_from_the_file_to_the_job(hr: User, course: Course) -> None:
    UserFactory(staff_number="1")
    client = as_person(hr)
    data = sheet({"staff number": "1", "course": "fire-safety", "day": DAY}, {"staff number": "9"})

    page = client.post(
        reverse("completion_import_new"), {"file": SimpleUploadedFile("lms.csv", data)}, follow=True
    )
    found = CompletionImport.objects.get()
    assert "Record the good row" in text_of(page)
    assert "Nobody here has the staff number “9”." in text_of(page)
    problems = client.get(reverse("completion_import_problems", args=[found.pk]))
    assert "Nobody here has the staff number" in b"".join(problems).decode()
    began = client.post(reverse("completion_import_take", args=[found.pk]))
    assert began["Location"] == reverse("job", args=[Job.objects.get().pk])
    again = client.post(reverse("completion_import_take", args=[found.pk]))
    assert again["Location"] == began["Location"]
    other = as_person(person(CorporateRole.HR))
    assert other.get(reverse("completion_import", args=[found.pk])).status_code == 404


def test_a_file_that_is_none_is_refused_in_words(hr: User) -> None:
    answer = as_person(hr).post(
        reverse("completion_import_new"), {"file": SimpleUploadedFile("a.csv", b"name,when\nx,y")}
    )
    assert answer.status_code == 422
    assert "The column “course” is missing." in text_of(answer)


@pytest.mark.usefixtures("course")
def test_files_that_nobody_confirmed_are_forgotten_after_a_week(hr: User) -> None:
    UserFactory(staff_number="1")
    found = offered(hr, {"staff number": "1", "course": "fire-safety", "day": DAY})
    assert forget_old_imports() == 0
    CompletionImport.objects.filter(pk=found.pk).update(at=timezone.now() - timedelta(days=8))
    assert forget_old_imports() == 1
