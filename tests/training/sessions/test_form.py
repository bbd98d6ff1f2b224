"""What is typed about a session: London’s times, and what cannot be."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from accounts.permissions import CorporateRole
from tests.factories import ServiceAreaFactory
from tests.training.sessions.making import runner
from training.actions.sessions import plan_session
from training.forms.sessions import SessionForm, as_typed
from training.models import TrainingSession

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ten_on_a_tuesday(clock: time_machine.Traveller) -> None:
    """10 March 2026."""


def form(**typed: Any) -> SessionForm:
    usual = {
        "title": "Alt text",
        "day": "17/03/2026",
        "starts": "10am",
        "ends": "11:30am",
        "place": "Room 3",
        "places": "12",
        "open_to": "everybody",
    }
    return SessionForm({**usual, **typed})


def planned(**typed: Any) -> TrainingSession:
    filled = form(**typed)
    assert filled.is_valid(), filled.errors
    return plan_session(by=runner(), facts=filled.facts)


@pytest.mark.parametrize(
    ("day", "starts"),
    [
        ("28/03/2026", datetime(2026, 3, 28, 10, tzinfo=UTC)),
        ("29/03/2026", datetime(2026, 3, 29, 9, tzinfo=UTC)),
        ("24/10/2026", datetime(2026, 10, 24, 9, tzinfo=UTC)),
        ("25/10/2026", datetime(2026, 10, 25, 10, tzinfo=UTC)),
    ],
)
def test_ten_in_the_morning_is_london_s_on_both_sides_of_both_changes(
    day: str, starts: datetime
) -> None:
    session = planned(day=day)
    assert session.starts_at == starts
    assert as_typed(session)["starts"] == "10am"
    assert as_typed(session)["ends"] == "11:30am"


def test_an_hour_that_the_clock_jumps_over_is_refused() -> None:
    filled = form(day="29/03/2026", starts="1:30am", ends="3am")
    assert "clocks go forward" in str(filled.errors["starts"])


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    session = planned(day="25/10/2026", starts="1:30am", ends="3am")
    assert session.starts_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_booking_closes_at_the_end_of_the_day_that_is_typed() -> None:
    session = planned(closes_on="15/03/2026")
    assert session.closes_at == datetime(2026, 3, 16, tzinfo=UTC)
    assert f"{as_typed(session)['closes_on']}" == "2026-03-15"


@pytest.mark.parametrize("typed", ["", "17/03/2026"])
def test_booking_closes_when_it_starts_at_the_latest(typed: str) -> None:
    session = planned(closes_on=typed)
    assert session.closes_at == session.starts_at
    assert as_typed(session)["closes_on"] is None


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"starts": "half past"}, "starts"),
        ({"ends": ""}, "ends"),
        ({"places": "0"}, "places"),
        ({"day": "31/02/2026"}, "day"),
        ({"online_link": "javascript:alert(1)"}, "online_link"),
        ({"open_to": "anybody"}, "open_to"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(typed: dict[str, str], field: str) -> None:
    assert field in form(**typed).errors


def test_a_role_or_an_area_counts_only_for_what_was_chosen() -> None:
    area = ServiceAreaFactory()
    both = {"corporate_role": CorporateRole.HR, "service_area": area.pk}
    everybody = planned(**both)
    assert (everybody.corporate_role, everybody.service_area) == ("", None)
    assert planned(**both, open_to="service_area").service_area == area
    assert planned(**both, open_to="corporate_role").for_whom == "HR"
