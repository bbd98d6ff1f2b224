"""The matrix: whom it shows, in which order, how they stand, and with how many questions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import CorporateRole
from tests.factories import (
    AccountFactory,
    CorporateGrantFactory,
    CourseFactory,
    PolicyVersionFactory,
    ServiceAreaFactory,
    UserFactory,
    drafter_of,
    person,
)
from tests.training.making import published
from tests.training.matrix.people import ask, completed, short, somebody
from tests.visiting import as_person, text_of
from training.models import Course, Enrolment

pytestmark = pytest.mark.django_db

MATRIX = "training_matrix"


@pytest.fixture
def hr() -> Client:
    return as_person(person(CorporateRole.HR, name="Hat Ryan"))


def shown(client: Client, **query: str | int) -> str:
    answer = client.get(reverse(MATRIX), query)
    assert answer.status_code == 200
    return text_of(answer)


def names(client: Client, *of: User, page: str = MATRIX, **query: str | int) -> list[str]:
    """Those of `of` who are on the page, in its order."""
    answer = client.get(reverse(page), query)
    there = [line.person.name for line in answer.context["lines"]]
    for name in there:
        assert name in text_of(answer)
    return [name for name in there if name in {user.name for user in of}]


def test_each_cell_says_in_words_how_somebody_stands(hr: Client, course: Course) -> None:
    completed(somebody("Ines Date"), course, until=100)
    completed(somebody("Sue Soon"), course, until=9)
    completed(somebody("Gus Grace"), course, until=-3, counts=14)
    completed(somebody("Ed Expired"), course, until=-30)
    somebody("Nat Nothing")
    begun = somebody("Bea Gun")
    Enrolment.objects.create(user=begun, course=course, version=published(course))
    new = UserFactory(name="New Comer")
    today = timezone.localdate()

    def cell(name: str) -> str:
        return shown(hr, words=name, thing=course.pk)

    assert f"In date until {short(today + timedelta(days=100))}" in cell("Ines Date")
    assert f"Expires soon until {short(today + timedelta(days=9))}" in cell("Sue Soon")
    assert "Days of grace until" in cell("Gus Grace")
    assert f"Late expired {short(today - timedelta(days=30))} was due" in cell("Ed Expired")
    assert f"Late not started was due {short(today - timedelta(days=43))}" in cell("Nat Nothing")
    assert "Late in progress was due" in cell("Bea Gun")
    assert f"Not started due {short(today + timedelta(days=7))}" in cell(new.name)


def test_what_is_not_asked_is_said_to_be_so(hr: Client) -> None:
    CourseFactory(slug="members", title="Members online", needed_to_write=False)
    somebody("Nat Nothing")

    assert "Not asked" in shown(hr, words="Nat Nothing")


def test_policies_are_the_other_half(hr: Client, course: Course) -> None:
    PolicyVersionFactory()
    drafter = drafter_of(AccountFactory(), name="Dan Drafter")
    drafter.acknowledgements.all().delete()

    text = shown(hr, of="policies", words="Dan")

    assert "Social media policy" in text
    assert "Not acknowledged due" in text
    assert "Social media for everyone" not in text


def test_the_head_counts_who_is_late_and_who_is_due(hr: Client, course: Course) -> None:
    for number in ("One", "Two", "Three"):
        somebody(f"Late {number}")
    UserFactory(name="New Comer")
    completed(User.objects.get(name="Hat Ryan"), course, until=200)

    text = shown(hr)

    assert "3 people are late with something" in text
    assert "4 are late or have something due within 30 days" in text
    assert "1 person is late with something" in shown(hr, words="Late Two")


def test_the_filters_narrow_it_down(hr: Client, course: Course) -> None:
    leisure = ServiceAreaFactory(name="Leisure")
    pools = ServiceAreaFactory(name="Pools", parent=leisure)
    boss = somebody("Bo Boss", service_area=leisure)
    swimmer = somebody("Sam Swimmer", service_area=pools, manager=boss)
    ranger = somebody("Ray Ranger")
    CorporateGrantFactory(user=ranger, role=CorporateRole.AUDITOR)
    completed(boss, course, until=100)
    all_three = (boss, swimmer, ranger)

    assert names(hr, *all_three, service_area=leisure.pk) == ["Bo Boss", "Sam Swimmer"]
    assert names(hr, *all_three, manager=boss.pk) == ["Sam Swimmer"]
    assert names(hr, *all_three, role="corporate-auditor") == ["Ray Ranger"]
    assert names(hr, *all_three, words="ranger") == ["Ray Ranger"]
    assert names(hr, *all_three, state="late") == ["Ray Ranger", "Sam Swimmer"]
    assert names(hr, *all_three, state="in_date", thing=course.pk) == ["Bo Boss"]
    assert names(hr, *all_three, service_area=leisure.pk, state="late") == ["Sam Swimmer"]


def test_account_roles_are_a_filter_too(hr: Client, course: Course) -> None:
    account = AccountFactory(owner=somebody("Olu Owner"))
    drafter = drafter_of(account, name="Dan Drafter")

    assert names(hr, account.owner, drafter, role="account-site_owner") == ["Olu Owner"]
    assert names(hr, account.owner, drafter, role="account-drafter") == ["Dan Drafter"]


def test_people_who_have_left_are_not_there(hr: Client, course: Course) -> None:
    gone = somebody("Lee Ver", employed_until=timezone.localdate() - timedelta(days=1))

    assert names(hr, gone) == []


def test_the_most_late_stand_first_when_asked_for(hr: Client, course: Course) -> None:
    other = CourseFactory(slug="second", title="Second course")
    ask(other)
    once, twice, never = somebody("Al Once"), somebody("Zoe Twice"), somebody("Cy Never")
    completed(once, other, until=90)
    completed(never, other, until=90)
    completed(never, course, until=90)

    assert names(hr, once, twice, never) == ["Al Once", "Cy Never", "Zoe Twice"]
    assert names(hr, once, twice, never, sort="late") == ["Zoe Twice", "Al Once", "Cy Never"]
    assert names(hr, once, twice, never, sort="-late") == ["Cy Never", "Al Once", "Zoe Twice"]


def test_the_service_areas_can_be_the_order(hr: Client, course: Course) -> None:
    zoo = somebody("Al Zoo", service_area=ServiceAreaFactory(name="Zoo"))
    arts = somebody("Zoe Arts", service_area=ServiceAreaFactory(name="Arts"))

    assert names(hr, zoo, arts, sort="area") == ["Zoe Arts", "Al Zoo"]


@pytest.mark.parametrize("sort", ["name", "area", "late", "-late"])
def test_every_order_goes_on_where_the_page_ended(hr: Client, course: Course, sort: str) -> None:
    for number in range(60):
        somebody(f"Walker {number:02}", service_area=None)
    seen, query = [], f"sort={sort}&words=Walker"
    while query:
        page = hr.get(f"{reverse(MATRIX)}?{query}").context["page"]
        seen += [each.name for each in page.rows]
        query = page.next_query

    assert sorted(seen) == [f"Walker {number:02}" for number in range(60)]
    assert len(seen) == 60


def test_a_line_manager_sees_their_own_team_only(course: Course) -> None:
    manager = person(name="Meg Manager")
    mine, other = somebody("Mem Ber", manager=manager), somebody("Stran Ger")
    client = as_person(manager)

    assert names(client, mine, other) == ["Mem Ber"]
    assert names(client, mine, other, words="Stran") == []
    assert "1 person is late with something" in shown(client)


def test_the_team_page_is_of_ones_own_team_for_hr_too(course: Course) -> None:
    boss = person(CorporateRole.HR, name="Hat Ryan")
    mine, other = somebody("Mem Ber", manager=boss), somebody("Stran Ger")

    assert names(as_person(boss), mine, other, page="training_team") == ["Mem Ber"]


@pytest.mark.parametrize("role", [None, *CorporateRole])
def test_it_is_for_hr_and_line_managers(role: CorporateRole | None) -> None:
    granted = None if role == CorporateRole.MEMBER_OF_STAFF else role
    expected = 200 if role == CorporateRole.HR else 403

    assert as_person(person(granted)).get(reverse(MATRIX)).status_code == expected


def test_a_filter_that_is_wrong_shows_nobody_and_says_so(hr: Client, course: Course) -> None:
    answer = hr.get(reverse(MATRIX), {"state": "zebra"})

    assert "Nobody shown" in text_of(answer)


@pytest.mark.parametrize("query", [{}, {"state": "late", "sort": "late"}, {"of": "policies"}])
def test_the_same_number_of_queries_for_any_number_of_people_and_courses(
    hr: Client, course: Course, query: dict[str, str]
) -> None:
    counts = []
    for number in (2, 20):
        for each in range(number):
            completed(somebody(f"One {number} {each}"), course, until=90)
            somebody(f"Late {number} {each}", manager=person())
            ask(CourseFactory(slug=f"more-{number}-{each}", title=f"More {number} {each}"))
        with CaptureQueriesContext(connection) as queries:
            hr.get(reverse(MATRIX), query)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 24
