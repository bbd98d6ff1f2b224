"""The list of strategic aims: who keeps it, and that there is one of each."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.access import NotAllowed
from accounts.actions.aims import add_aim, change_aim
from accounts.models import StrategicAim
from audit.catalogue import Event
from tests.accounts.conftest import Trail
from tests.factories import StrategicAimFactory, communications_officer, person

pytestmark = pytest.mark.django_db


def test_the_corporate_team_keeps_the_list(trail: Trail) -> None:
    officer = communications_officer()

    aim = add_aim(by=officer, name="  Less   waste ")
    change_aim(by=officer, aim=aim, name="Less waste", is_in_use=False)

    assert (aim.name, StrategicAim.objects.in_use().count()) == ("Less waste", 0)
    assert trail.events() == [Event.AIM_ADDED, Event.AIM_CHANGED]
    assert trail.last.details["after"] == {"name": "Less waste", "in_use": False}


def test_nobody_else_does() -> None:
    for act in (
        lambda: add_aim(by=person(), name="Mine"),
        lambda: change_aim(by=person(), aim=StrategicAimFactory(), name="Mine", is_in_use=True),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize("name", ["", "less WASTE", "x" * 201])
def test_an_aim_that_cannot_be_is_refused(name: str, trail: Trail) -> None:
    StrategicAimFactory(name="Less waste")
    other = StrategicAimFactory()

    for act in (
        lambda: add_aim(by=None, name=name),
        lambda: change_aim(by=None, aim=other, name=name, is_in_use=True),
    ):
        with pytest.raises(ValidationError):
            act()
    assert trail.events() == []


def test_the_database_holds_one_aim_of_a_name() -> None:
    StrategicAimFactory(name="Less waste")

    with pytest.raises(IntegrityError), transaction.atomic():
        StrategicAimFactory(name="LESS waste")


def test_the_same_words_again_leave_no_entry(trail: Trail) -> None:
    aim = StrategicAimFactory(name="Less waste")

    change_aim(by=None, aim=aim, name="Less waste", is_in_use=True)

    assert trail.events() == []
