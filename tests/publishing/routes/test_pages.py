"""The pages on which routes are kept and tried, and absences entered."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry
from publishing.models import Absence, Route, Stage
from tests.factories import communications_officer, digital_officer, person
from tests.publishing.making import submitted
from tests.publishing.routes.making import route, topic
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(officer) -> Any:
    return as_person(officer)


def test_a_route_is_added_changed_and_told_in_words(browser, approver, account) -> None:
    about = topic("Care")
    body = {
        "name": "Care",
        "is_active": "on",
        "accounts": [account.pk],
        "topics": [about.pk],
        "risk_from": "9",
        "approval_people": approver.email.upper(),
        "asks_second": "on",
        "remind_after_h": "2",
    }
    answer = browser.post(reverse("route_new"), body, follow=True)

    page = text_of(answer)
    for words in (f"On {account}", "About Care", "9 or more", "Second check: everybody"):
        assert words in page
    made = Route.objects.get()
    assert set(made.stages.get(stage=Stage.APPROVAL).people.all()) == {approver}
    change = reverse("route_change", args=[made.pk])
    assert approver.email in browser.get(change).content.decode()
    browser.post(change, {"name": "Care", "approval_role": "approver"})

    made.refresh_from_db()
    assert (made.is_active, made.topics.count(), made.stages.count()) == (False, 0, 1)
    events = Entry.objects.filter(event__startswith="rule.route").values_list("event", flat=True)
    assert list(events) == ["rule.route_added", "rule.route_changed"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Enter a name"),
        ({"name": "care"}, "already"),
        ({"approval_people": "nobody@nowhere.example"}, "Nobody who works here"),
        ({"approval_role": "approver", "approval_people": "x"}, "Nobody who works here"),
        ({"topics": ["9" * 40]}, "Choose from the list"),
        ({"risk_from": "26"}, "25"),
        ({"escalate_after_h": "3"}, "Enter both"),
        ({"asks_second": ""}, "does nothing"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(browser, wrong, said) -> None:
    route(Stage.SECOND_CHECK, name="Care")
    body = {"name": "Libraries", "asks_second": "on", "remind_after_h": "7", **wrong}

    answer = browser.post(reverse("route_new"), body)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert 'value="7"' in answer.content.decode()
    assert Route.objects.count() == 1


def test_routes_are_put_in_order(browser) -> None:
    first, second = (route(Stage.SECOND_CHECK, name=name) for name in ("First", "Second"))
    browser.post(reverse("route_move", args=[second.pk]), {"up": "1"})
    browser.post(reverse("route_move", args=[second.pk]), {"up": "1"})

    assert list(Route.objects.all()) == [second, first]


def test_a_stage_that_nobody_can_give_is_told(browser, account) -> None:
    made = route((Stage.APPROVAL, [person()]), conditions={"accounts": [account]})

    page = text_of(browser.get(reverse("route_change", args=[made.pk])))

    assert "Nobody whom this route names can give the approval on any account." in page


def test_a_route_is_tried_on_a_post(browser, author, account) -> None:
    post = submitted(author, account)
    route(Stage.SECOND_CHECK, name="Always")

    page = text_of(browser.get(reverse("routes"), {"post": post.pk}))
    assert "Because the route “Always” asks for it" in page
    address = f"http://council.example{reverse('post', args=[post.pk])}results/?page=2"
    assert page == text_of(browser.get(reverse("routes"), {"post": address})).replace(
        address, str(post.pk)
    )
    for other in ("0", "99999", "x", "9" * 30):
        assert browser.get(reverse("routes"), {"post": other}).status_code == 422


def test_many_routes_take_as_many_questions_as_one(browser, officer, account) -> None:
    def questions() -> int:
        conditions = {"accounts": [account], "topics": [topic(f"T{Route.objects.count()}")]}
        route((Stage.SECOND_CHECK, [officer]), conditions=conditions)
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse("routes"))
        return len(asked)

    assert questions() == questions() == questions()


def test_an_absence_is_entered_and_ended_on_pages(author, approver) -> None:
    mine = as_person(approver)
    body = {"starts_on": "01/01/2030", "ends_on": "05/01/2030", "cover": author.pk}
    page = text_of(mine.post(reverse("absence_new"), body, follow=True))
    assert "Priya Shah" in page
    absence = Absence.objects.get()
    assert (absence.person, absence.cover) == (approver, author)
    assert as_person(person()).post(reverse("absence_end", args=[absence.pk])).status_code == 404
    assert as_person(author).post(reverse("absence_end", args=[absence.pk])).status_code == 403

    mine.post(reverse("absence_end", args=[absence.pk]))

    absence.refresh_from_db()
    assert absence.ended_at
    assert "Nobody is entered as away" in text_of(mine.get(reverse("absences")))
    assert "Who is away" in text_of(as_person(communications_officer()).get(reverse("absence_new")))


def test_absences_are_found_from_the_index_of_the_administration() -> None:
    page = as_person(digital_officer()).get(reverse("admin"))
    assert reverse("absences") in [item["href"] for item in page.context["items"]]
