"""Ambassadors: who names them, who is shown them, and since and until when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.access import NotAllowed
from accounts.models import ServiceArea, User
from accounts.permissions import CorporateRole
from audit.catalogue import Event
from audit.models import Entry
from tests.factories import (
    ServiceAreaFactory,
    UserFactory,
    communications_officer,
    digital_officer,
    person,
)
from training.actions.ambassadors import change_ambassador, end_ambassador, name_ambassador
from training.ambassadors.nearest import ambassadors_for, areas_without
from training.models import Ambassador

pytestmark = pytest.mark.django_db


def named(area: ServiceArea, who: User | None = None, **more: Any) -> Ambassador:
    facts = {"helps_with": "Pictures", "reach": "Extension 42", "since": timezone.localdate()}
    return name_ambassador(
        by=communications_officer(), area=area, person=who or UserFactory(), **{**facts, **more}
    )


@pytest.fixture
def place() -> ServiceArea:
    return ServiceAreaFactory(name="Place")


@pytest.fixture
def highways(place: ServiceArea) -> ServiceArea:
    return ServiceAreaFactory(name="Highways", parent=place)


@pytest.fixture
def roadworks(highways: ServiceArea) -> ServiceArea:
    return ServiceAreaFactory(name="Roadworks", parent=highways)


def test_those_of_my_own_area_come_before_those_above(
    place: ServiceArea, highways: ServiceArea, roadworks: ServiceArea
) -> None:
    me = UserFactory(service_area=roadworks)
    assert ambassadors_for(me) == []
    above = named(place)
    assert ambassadors_for(me) == [above]
    nearer = named(highways)
    assert ambassadors_for(me) == [nearer]
    own = [named(roadworks, UserFactory(name=name)) for name in ("Ada", "Bo")]
    assert ambassadors_for(me) == own
    assert ambassadors_for(UserFactory(service_area=place)) == [above]


def test_somebody_of_another_branch_or_of_none_finds_none(
    highways: ServiceArea, roadworks: ServiceArea
) -> None:
    named(roadworks)
    assert ambassadors_for(UserFactory(service_area=highways)) == []
    assert ambassadors_for(UserFactory(service_area=ServiceAreaFactory())) == []
    assert ambassadors_for(UserFactory()) == []


def test_who_leaves_is_not_shown_from_that_moment(
    highways: ServiceArea, clock: time_machine.Traveller
) -> None:
    someone, me = UserFactory(), UserFactory(service_area=highways)
    named(highways, someone)
    last_day = timezone.localdate()
    User.objects.filter(pk=someone.pk).update(employed_until=last_day)
    assert len(ambassadors_for(me)) == 1
    clock.move_to(timezone.now() + timedelta(days=1), tick=False)
    assert ambassadors_for(me) == []
    User.objects.filter(pk=someone.pk).update(employed_until=None, is_active=False)
    assert ambassadors_for(me) == []


def test_they_are_shown_from_the_first_day_to_the_last(
    highways: ServiceArea, clock: time_machine.Traveller
) -> None:
    me = UserFactory(service_area=highways)
    named(highways, since=date(2026, 3, 12), until=date(2026, 3, 13))
    shown = {}
    for day in (11, 12, 13, 14):
        clock.move_to(timezone.now().replace(day=day), tick=False)
        shown[day] = len(ambassadors_for(me))
    assert shown == {11: 0, 12: 1, 13: 1, 14: 0}


def test_who_is_ended_is_not_shown_any_more_and_cannot_be_changed(highways: ServiceArea) -> None:
    me = UserFactory(service_area=highways)
    ambassador = named(highways)
    by = person(CorporateRole.HR)
    end_ambassador(by=by, ambassador=ambassador, reason="Another job")
    assert ambassadors_for(me) == []
    with pytest.raises(ValidationError, match="is not an ambassador"):
        end_ambassador(by=by, ambassador=ambassador, reason="Again")
    with pytest.raises(ValidationError, match="is not an ambassador"):
        change_ambassador(
            by=by, ambassador=ambassador, helps_with="", reach="", since=timezone.localdate()
        )
    entry = Entry.objects.order_by("-sequence")[0]
    assert (entry.event, entry.reason) == (Event.AMBASSADOR_ENDED, "Another job")
    assert named(highways, ambassador.person).ended_at is None


def test_nobody_is_named_twice_nor_who_has_left_nor_backwards(highways: ServiceArea) -> None:
    ambassador = named(highways)
    with pytest.raises(ValidationError, match="already"):
        named(highways, ambassador.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ambassador.objects.create(
            area=highways, person=ambassador.person, helps_with="Pictures", reach="42"
        )
    with pytest.raises(ValidationError, match="does not work"):
        named(highways, UserFactory(employed_until=timezone.localdate() - timedelta(days=1)))
    with pytest.raises(ValidationError, match="last day"):
        named(highways, until=timezone.localdate() - timedelta(days=1))


def test_who_ran_out_can_be_named_again(
    highways: ServiceArea, clock: time_machine.Traveller
) -> None:
    first = named(highways, until=timezone.localdate())
    clock.move_to(timezone.now() + timedelta(days=2), tick=False)
    second = named(highways, first.person)
    first.refresh_from_db()
    assert first.ended_at is not None
    assert second.ended_at is None


def test_those_who_run_sessions_keep_them(highways: ServiceArea) -> None:
    facts: dict[str, Any] = {
        "helps_with": "Pictures",
        "reach": "42",
        "since": timezone.localdate(),
    }
    for by in (communications_officer(), digital_officer(), person(CorporateRole.HR)):
        name_ambassador(by=by, area=highways, person=UserFactory(), **facts)
    ambassador = Ambassador.objects.first()
    assert ambassador
    for by in (person(), person(CorporateRole.AUDITOR)):
        with pytest.raises(NotAllowed):
            name_ambassador(by=by, area=highways, person=UserFactory(), **facts)
        with pytest.raises(NotAllowed):
            change_ambassador(by=by, ambassador=ambassador, **(facts | {"reach": "Room 9"}))
        with pytest.raises(NotAllowed):
            end_ambassador(by=by, ambassador=ambassador, reason="She moves.")


def test_areas_without_one_are_those_with_none_above_either(
    place: ServiceArea, highways: ServiceArea, roadworks: ServiceArea
) -> None:
    assert areas_without() == [highways, place, roadworks]
    named(highways)
    assert areas_without() == [place]
    named(place)
    assert areas_without() == []


class TestThePage:
    def shown(self, reader: User, query: str = "") -> str:
        client = Client()
        client.force_login(reader)
        return client.get(reverse("ambassadors") + query).content.decode()

    def test_who_has_none_is_told_whom_to_ask(self, settings: Any) -> None:
        settings.HELP_CONTACT = "the communications team on extension 7"
        assert "Ask the communications team on extension 7" in self.shown(person())

    def test_mine_come_first_and_all_can_be_searched(self, highways: ServiceArea) -> None:
        other = ServiceAreaFactory(name="Libraries")
        named(highways, UserFactory(name="Ada Ambassador"))
        named(other, UserFactory(name="Zoe Other"), helps_with="Plain English")
        me = person(service_area=highways)
        shown = self.shown(me)
        assert shown.index("Ada Ambassador") < shown.index("All ambassadors")
        assert shown.index("All ambassadors") < shown.index("Zoe Other")
        found = self.shown(me, "?words=plain+zoe")
        assert "Zoe Other" in found
        assert found.count("Ada Ambassador") == 1, "as mine, not among those found"
        assert "Nobody matches" in self.shown(me, "?words=zebra")

    def test_only_who_keeps_them_reads_what_is_missing(self, highways: ServiceArea) -> None:
        assert "Areas without an ambassador" in self.shown(person(CorporateRole.HR))
        assert "Areas without an ambassador" not in self.shown(person())

    def test_who_has_left_is_offered_to_be_ended(self, highways: ServiceArea) -> None:
        someone = UserFactory(name="Lea Left")
        named(highways, someone)
        User.objects.filter(pk=someone.pk).update(is_active=False)
        assert "Lea Left" not in self.shown(person())
        assert "end Lea Left, Highways" in self.shown(person(CorporateRole.HR))

    def test_your_training_names_them_too(self, highways: ServiceArea) -> None:
        named(highways, UserFactory(name="Ada Ambassador"))
        client = Client()
        client.force_login(person(service_area=highways))
        assert "Ada Ambassador" in client.get(reverse("training")).content.decode()

    def test_many_are_asked_for_at_once(
        self, highways: ServiceArea, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        client = Client()
        client.force_login(person(CorporateRole.HR, service_area=highways))
        named(highways)
        client.get(reverse("ambassadors"))
        with django_assert_max_num_queries(30) as asked:
            client.get(reverse("ambassadors"))
        for _ in range(6):
            named(highways)
            named(ServiceAreaFactory())
        with django_assert_max_num_queries(len(asked)):
            client.get(reverse("ambassadors"))
