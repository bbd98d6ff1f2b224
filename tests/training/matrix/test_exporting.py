"""What the matrix shows as a file."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.access import NotAllowed
from accounts.models import User
from accounts.permissions import CorporateRole
from audit.catalogue import Event
from audit.models import Entry
from tests.factories import person
from tests.training.matrix.people import completed, somebody
from tests.visiting import as_person
from training.matrix import exporting
from training.matrix.exporting import export_csv, export_excel
from training.matrix.page import Matrix
from training.models import Course

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr() -> User:
    return person(CorporateRole.HR, name="Hat Ryan")


def bytes_of(client: Client, page: str, **query: str) -> bytes:
    answer = client.get(reverse(page), query)
    assert answer.status_code == 200
    return b"".join(answer)


def test_the_csv_has_a_line_for_each_person_found(hr: User, course: Course) -> None:
    completed(somebody("Ann Done"), course, until=100)
    somebody("Bob Late", job_title="=2+5")

    data = bytes_of(as_person(hr), "training_matrix_csv", words="late")
    head, line = csv.reader(StringIO(data.decode("utf-8-sig")))

    assert head[:2] == ["name", "e-mail address"]
    facts = dict(zip(head, line, strict=True))
    assert facts["name"] == "Bob Late"
    assert facts["job"] == "'=2+5"
    assert facts["late with"] == "1"
    assert facts["Social media for everyone"] == "Late"
    assert facts["Social media for everyone: good until"] == ""
    due = timezone.localdate() - timedelta(days=43)
    assert facts["Social media for everyone: due by"] == due.isoformat()


def test_the_workbook_says_how_people_stand_with_real_dates(hr: User, course: Course) -> None:
    completed(somebody("Ann Done", job_title="=2+5"), course, until=100)
    somebody("Bob Late")

    data = bytes_of(as_person(hr), "training_matrix_excel", words="ann")
    book = load_workbook(BytesIO(data))
    rows = list(book["People"].iter_rows(values_only=True))
    facts = dict(zip(rows[0], rows[1], strict=True))

    assert len(rows) == 2
    assert facts["Name"] == "Ann Done"
    assert facts["Job"] == "=2+5"
    assert book["People"]["C2"].data_type == "s"
    assert facts["Social media for everyone"] == "In date"
    until = timezone.localdate() + timedelta(days=100)
    good_until = facts["Social media for everyone: good until"]
    assert isinstance(good_until, datetime)
    assert good_until.date() == until
    assert book["People"].freeze_panes == "B2"
    said = {row[0]: row[1] for row in book["Filters"].iter_rows(values_only=True)}
    assert said["Name, e-mail address or job"] == "ann"
    assert said["Downloaded by"] == "Hat Ryan"


@pytest.mark.parametrize("page", ["training_matrix_csv", "training_matrix_excel"])
def test_who_took_what_is_on_record_before_the_first_byte(
    hr: User, course: Course, page: str
) -> None:
    bytes_of(as_person(hr), page, state="late")

    (entry,) = Entry.objects.filter(event=Event.TRAINING_EXPORTED)
    assert entry.actor_name == "Hat Ryan"
    assert entry.details["after"]["filters"] == {"Standing": "Late"}


@pytest.mark.parametrize("export", [export_csv, export_excel])
def test_nobody_without_the_right_takes_anything(course: Course, export) -> None:
    somebody("Ann Done")

    with pytest.raises(NotAllowed):
        export(Matrix(person(CorporateRole.AUDITOR), QueryDict()))

    assert not Entry.objects.filter(event=Event.TRAINING_EXPORTED).exists()


def test_a_manager_takes_their_own_team_only(course: Course) -> None:
    manager = person()
    somebody("Mem Ber", manager=manager)
    somebody("Stran Ger")

    data = bytes_of(as_person(manager), "training_matrix_csv").decode()

    assert "Mem Ber" in data
    assert "Stran Ger" not in data


def test_people_are_read_some_at_a_time(
    hr: User, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 10)
    for number in range(35):
        somebody(f"Walker {number:02}")
    client = as_person(hr)
    query = {"words": "Walker"}

    with CaptureQueriesContext(connection) as few:
        lines = bytes_of(client, "training_matrix_csv", **query).decode().splitlines()
    monkeypatch.setattr(exporting, "AT_ONCE", 1000)
    with CaptureQueriesContext(connection) as once:
        bytes_of(client, "training_matrix_csv", **query)

    assert [line.split(",")[0] for line in lines[1:]] == [f"Walker {n:02}" for n in range(35)]
    assert len(few) > len(once)
