"""The template of hazards: what a fresh installation has, and who changes it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.access import NotAllowed
from accounts.actions.hazards import MOST_IN_USE, add_hazard, change_hazard, move_hazard
from accounts.models import Hazard
from audit.catalogue import Event
from tests.accounts.conftest import Trail
from tests.factories import HazardFactory, communications_officer, digital_officer, person
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db


def names() -> list[str]:
    return list(Hazard.objects.values_list("name", flat=True))


def reworded(hazard: Hazard, **changed: Any) -> dict[str, Any]:
    kept = {
        name: getattr(hazard, name)
        for name in ("name", "description", "usual_controls", "is_in_use")
    }
    return {**kept, **changed}


def test_a_fresh_installation_has_the_councils_hazards() -> None:
    assert names() == [
        "Confidential information disclosed",
        "Damage to the council’s reputation",
        "Inappropriate posting by staff",
        "Defamation",
        "Safeguarding",
        "Impersonation",
        "Data protection",
        "Account takeover",
        "Accessibility",
        "Resource",
    ]
    assert all(each.description and each.usual_controls for each in Hazard.objects.in_use())


def test_the_corporate_team_keeps_the_template(trail: Trail) -> None:
    officer = communications_officer()

    weather = add_hazard(by=officer, name="  Bad   weather ", usual_controls="A list of who to ask")
    change_hazard(by=officer, hazard=weather, **reworded(weather, name="Snow", is_in_use=False))

    assert names()[-1] == "Snow"
    assert "Snow" not in Hazard.objects.in_use().values_list("name", flat=True)
    assert trail.events() == [Event.HAZARD_ADDED, Event.HAZARD_CHANGED]
    assert trail.last.details["after"]["name"] == "Snow"


def test_nobody_else_does(trail: Trail) -> None:
    hazard = HazardFactory()

    for act in (
        lambda: add_hazard(by=person(), name="Mine"),
        lambda: change_hazard(by=person(), hazard=hazard, **reworded(hazard, name="Mine")),
        lambda: move_hazard(by=person(), hazard=hazard, up=True),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert trail.events() == []


@pytest.mark.parametrize("name", ["", " ", "DEFAMATION", "x" * 121])
def test_a_hazard_that_cannot_be_is_refused(name: str, trail: Trail) -> None:
    other = HazardFactory()

    for act in (
        lambda: add_hazard(by=None, name=name),
        lambda: change_hazard(by=None, hazard=other, **reworded(other, name=name)),
    ):
        with pytest.raises(ValidationError):
            act()
    assert trail.events() == []


def test_the_database_holds_one_hazard_of_a_name() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        HazardFactory(name="DEFAMATION")


def test_the_same_words_again_leave_no_entry(trail: Trail) -> None:
    hazard = HazardFactory()

    change_hazard(by=None, hazard=hazard, **reworded(hazard))

    assert trail.events() == []


def test_no_more_hazards_are_in_use_than_anybody_would_think_through() -> None:
    retired = HazardFactory(is_in_use=False)
    while Hazard.objects.in_use().count() < MOST_IN_USE:
        HazardFactory()

    for act in (
        lambda: add_hazard(by=None, name="One more"),
        lambda: change_hazard(by=None, hazard=retired, **reworded(retired, is_in_use=True)),
    ):
        with pytest.raises(ValidationError, match="out of use before"):
            act()


def test_a_hazard_changes_places_with_its_neighbour(trail: Trail) -> None:
    officer, second = communications_officer(), Hazard.objects.all()[1]
    first_name = names()[0]

    move_hazard(by=officer, hazard=second, up=True)
    assert names()[:2] == [second.name, first_name]
    assert trail.last.details == {"before": {"place": 2}, "after": {"place": 1}}
    move_hazard(by=officer, hazard=second, up=True)
    assert trail.events() == [Event.HAZARD_CHANGED]
    move_hazard(by=officer, hazard=second, up=False)
    assert names()[:2] == [first_name, second.name]


def test_the_pages_add_change_and_order() -> None:
    officer = as_person(digital_officer())

    officer.post(reverse("hazard_new"), {"name": "Weather", "usual_controls": "Ask Highways"})
    weather = Hazard.objects.get(name="Weather")
    officer.post(reverse("hazard_move", args=[weather.pk]), {"to": "up"})
    assert names()[-2] == "Weather"
    officer.post(reverse("hazard_change", args=[weather.pk]), {"name": "Snow"})

    page = text_of(officer.get(reverse("hazards")))
    assert "Snow" in page
    assert not Hazard.objects.in_use().filter(name="Snow").exists()


def test_nothing_typed_is_lost_where_a_hazard_is_refused() -> None:
    typed = {"name": "Defamation", "description": "Kept words"}

    answer = as_person(communications_officer()).post(reverse("hazard_new"), typed)

    assert answer.status_code == 422
    assert "in the template already" in text_of(answer)
    assert "Kept words" in answer.content.decode()


def test_the_list_asks_as_much_for_many_as_for_few(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    officer = as_person(communications_officer())
    for _ in range(40):
        HazardFactory(is_in_use=False)

    with django_assert_max_num_queries(8):
        officer.get(reverse("hazards"))


def test_an_empty_template_says_what_that_means() -> None:
    Hazard.objects.all().delete()

    page = text_of(as_person(communications_officer()).get(reverse("hazards")))

    assert "No hazards in the template" in page
