"""What a manager of managers sees: their own team, and if they ask, everybody below it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import CorporateRole
from tests.factories import CourseFactory, UserFactory, person
from tests.training.matrix.people import completed
from tests.visiting import as_person, text_of
from training.models import CompletedBy, Completion
from training.people import everyone_below

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> User:
    return UserFactory(name="Hea D")


@pytest.fixture
def middle(head: User) -> User:
    return UserFactory(name="Mid Dle", manager=head)


@pytest.fixture
def low(middle: User) -> User:
    return UserFactory(name="Lo W", manager=middle)


def listed(reader: User, **query: str) -> str:
    return text_of(as_person(reader).get(reverse("training_matrix"), query))


def test_their_own_team_comes_first_and_everybody_below_when_asked(
    head: User, middle: User, low: User
) -> None:
    UserFactory(name="Stran Ger")

    first, all_of_them = listed(head), listed(head, whose="below")

    assert "Mid Dle" in first
    assert "Lo W" not in first
    assert "Mid Dle" in all_of_them
    assert "Lo W" in all_of_them
    assert "Stran Ger" not in all_of_them
    assert "Everyone below me" in first


def test_nobody_else_is_asked_whose_team(head: User, middle: User, low: User) -> None:
    for reader in (middle, person(CorporateRole.HR)):
        assert "Everyone below me" not in listed(reader)
    assert "Hea D" in listed(person(CorporateRole.HR))


def test_hr_sees_the_teams_below_their_own_beside_everybody(middle: User, low: User) -> None:
    hr = person(CorporateRole.HR)
    User.objects.filter(pk=middle.pk).update(manager=hr)
    client, team = as_person(hr), reverse("training_team")

    assert "Lo W" not in text_of(client.get(team))
    assert "Lo W" in text_of(client.get(team, {"whose": "below"}))


def test_the_file_has_whom_the_page_has(head: User, middle: User, low: User) -> None:
    client, address = as_person(head), reverse("training_matrix_csv")
    assert b"Lo W" not in b"".join(client.get(address))
    assert b"Lo W" in b"".join(client.get(address, {"whose": "below"}))


def test_the_page_of_somebody_below_is_theirs_too_without_what_is_confidential(
    head: User, middle: User, low: User
) -> None:
    completed(low, CourseFactory(), until=100)
    done = low.completions.get()
    Completion.objects.filter(pk=done.pk).update(by=CompletedBy.PAPER, evidence="scan.pdf")
    address = reverse("training_person", args=[low.pk])

    for reader, sees in ((head, False), (middle, True)):
        page = as_person(reader).get(address).content.decode()
        assert (reverse("completion_scan", args=[done.pk]) in page) == sees
        assert (reverse("conversations_of", args=[low.pk]) in page) == sees
    for name in ("conversations_of", "conversation_new"):
        assert as_person(head).get(reverse(name, args=[low.pk])).status_code == 404
    assert as_person(low).get(reverse("training_person", args=[head.pk])).status_code in (403, 404)
    assert as_person(middle).get(reverse("training_person", args=[head.pk])).status_code == 404


def test_a_team_below_somebody_who_has_left_is_still_below(
    head: User, middle: User, low: User
) -> None:
    left = timezone.localdate() - timedelta(days=1)
    User.objects.filter(pk=middle.pk).update(employed_until=left)
    assert list(everyone_below(head)) == [low]


def test_a_ring_of_managers_ends_and_nobody_is_below_themselves(
    head: User, middle: User, low: User
) -> None:
    User.objects.filter(pk=head.pk).update(manager=low)
    assert set(everyone_below(head)) == {middle, low}
    assert set(everyone_below(low)) == {head, middle}


def test_as_many_queries_for_any_depth(head: User, middle: User, low: User) -> None:
    client, counts = as_person(head), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("training_matrix"), {"whose": "below"})
        counts.append(len(queries))
        for _ in range(4):
            low = UserFactory(manager=low)
    assert counts[0] == counts[1]
