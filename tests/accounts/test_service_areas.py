"""The tree of service areas stays a tree, and every path stays right."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.access import NotAllowed
from accounts.actions.service_areas import add_service_area, change_service_area
from accounts.models import ServiceArea
from audit.catalogue import Event
from audit.models import Entry
from tests.factories import ServiceAreaFactory, communications_officer, digital_officer

pytestmark = pytest.mark.django_db


def below(area: ServiceArea) -> set[str]:
    area.refresh_from_db()
    return set(ServiceArea.objects.within(area).values_list("name", flat=True))


@pytest.fixture
def tree() -> dict[str, ServiceArea]:
    made: dict[str, ServiceArea] = {}
    for name, parent in (
        ("Place", None),
        ("Community", None),
        ("Libraries", "Community"),
        ("Mobile library", "Libraries"),
        ("Museums", "Community"),
    ):
        made[name] = add_service_area(by=None, name=name, parent=made[parent] if parent else None)
    return made


def test_an_area_holds_itself_and_everything_below(tree: dict[str, ServiceArea]) -> None:
    assert below(tree["Community"]) == {"Community", "Libraries", "Mobile library", "Museums"}
    assert below(tree["Libraries"]) == {"Libraries", "Mobile library"}
    assert below(tree["Place"]) == {"Place"}


def test_moving_an_area_moves_everything_below_it(tree: dict[str, ServiceArea]) -> None:
    change_service_area(by=None, area=tree["Libraries"], name="Libraries", parent=tree["Place"])

    assert below(tree["Place"]) == {"Place", "Libraries", "Mobile library"}
    assert below(tree["Community"]) == {"Community", "Museums"}
    entry = Entry.objects.order_by("-sequence")[0]
    assert entry.event == Event.SERVICE_AREA_CHANGED
    assert entry.details["before"]["parent"] == "Community"


def test_an_area_can_become_a_directorate(tree: dict[str, ServiceArea]) -> None:
    change_service_area(by=None, area=tree["Libraries"], name="Library service", parent=None)

    assert below(tree["Libraries"]) == {"Library service", "Mobile library"}
    assert tree["Libraries"].path == f"/{tree['Libraries'].pk}/"


@pytest.mark.parametrize("target", ["Community", "Libraries", "Mobile library"])
def test_there_is_no_circle(tree: dict[str, ServiceArea], target: str) -> None:
    with pytest.raises(ValidationError, match="itself or part of it"):
        change_service_area(by=None, area=tree["Community"], name="Community", parent=tree[target])


def test_names_are_unique_however_they_are_written(tree: dict[str, ServiceArea]) -> None:
    with pytest.raises(ValidationError, match="already a service area"):
        add_service_area(by=None, name="LIBRARIES")


def test_an_area_needs_a_name() -> None:
    with pytest.raises(ValidationError, match="Enter the name"):
        add_service_area(by=None, name="  ")


def test_only_whoever_administers_changes_the_tree(settings) -> None:
    settings.TWO_FACTOR_REQUIRED = False
    add_service_area(by=digital_officer(), name="Parks")

    with pytest.raises(NotAllowed):
        add_service_area(by=communications_officer(), name="Waste")


def test_an_area_of_the_factory_holds_itself_only() -> None:
    first, _ = ServiceAreaFactory(), ServiceAreaFactory()

    assert below(first) == {first.name}
