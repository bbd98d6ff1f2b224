"""Every state of a session and of a booking, and what can be done in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.access import NotAllowed
from accounts.models import User
from accounts.permissions import CorporateRole
from tests.factories import UserFactory, person
from tests.training.sessions.making import (
    TrainingSessionFactory,
    begun,
    booked,
    facts_of,
    fresh,
    runner,
)
from training.actions.bookings import book, cancel_booking
from training.actions.session_attendance import mark, mark_all_attended, undo
from training.actions.sessions import cancel_session, change_session, plan_session
from training.models import Booking, BookingState, SessionState, TrainingSession

pytestmark = pytest.mark.django_db

SESSIONS = ("coming", "begun", "cancelled", "held")
ACTIONS: dict[str, Callable[[User, TrainingSession, Booking], object]] = {
    "change": lambda by, session, booking: change_session(
        by=by, session=session, facts=facts_of(session, title="Another title")
    ),
    "cancel": lambda by, session, booking: cancel_session(by=by, session=session, reason="Snow"),
    "book": lambda by, session, booking: book(
        by=booking.person.manager or by, person=UserFactory(), session=session
    ),
    "book oneself": lambda by, session, booking: booked(session),
    "give up": lambda by, session, booking: cancel_booking(by=by, booking=booking),
    "mark": lambda by, session, booking: mark(by=by, booking=booking, came=True),
    "mark all": lambda by, session, booking: mark_all_attended(by=by, session=session),
    "undo": lambda by, session, booking: undo(by=by, booking=booking, reason="A mistake"),
}
ALLOWED = {
    "coming": {"change", "cancel", "book", "book oneself", "give up"},
    "begun": {"change", "cancel", "book", "mark", "mark all"},
    "cancelled": set(),
    # The one who is there has been marked: nobody is left to mark.
    "held": {"book", "undo"},
}


def made(state: str, by: User) -> tuple[TrainingSession, Booking]:
    session = TrainingSessionFactory(places=5)
    booking = booked(session)
    if state == "cancelled":
        cancel_session(by=by, session=session, reason="Snow")
    if state in ("begun", "held"):
        session = begun(session)
    if state == "held":
        mark(by=by, booking=booking, came=True)
    return TrainingSession.objects.get(pk=session.pk), fresh(booking)


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("state", SESSIONS)
def test_what_can_be_done_with_a_session_in_each_state(state: str, action: str) -> None:
    by = runner()
    session, booking = made(state, by)
    if action in ALLOWED[state]:
        ACTIONS[action](by, session, booking)
        return
    before = list(Booking.objects.values()), list(TrainingSession.objects.values())
    with pytest.raises(ValidationError):
        ACTIONS[action](by, session, booking)
    assert (list(Booking.objects.values()), list(TrainingSession.objects.values())) == before


def test_the_first_mark_makes_it_held_and_taking_it_back_does_not_unmake_that() -> None:
    by = runner()
    session, booking = made("begun", by)
    mark(by=by, booking=booking, came=False)
    session.refresh_from_db()
    assert session.state == SessionState.HELD
    undo(by=by, booking=booking, reason="Came late")
    session.refresh_from_db()
    assert session.state == SessionState.HELD


def booking_in(state: BookingState, by: User) -> Booking:
    """A booking in that state, of a session that has begun."""
    session = TrainingSessionFactory(places=1)
    if state == BookingState.WAITING:
        booked(session)
    booking = booked(session)
    if state == BookingState.CANCELLED:
        cancel_booking(by=by, booking=booking)
    begun(session)
    if state in (BookingState.ATTENDED, BookingState.ABSENT):
        mark(by=by, booking=booking, came=state == BookingState.ATTENDED)
    assert fresh(booking).state == state
    return fresh(booking)


@pytest.mark.parametrize("came", [True, False])
@pytest.mark.parametrize("state", BookingState)
def test_only_a_place_that_nobody_marked_is_marked(state: BookingState, came: bool) -> None:
    by = runner()
    booking = booking_in(state, by)
    if state == BookingState.BOOKED:
        marked = mark(by=by, booking=booking, came=came)
        assert marked.state == (BookingState.ATTENDED if came else BookingState.ABSENT)
        return
    with pytest.raises(ValidationError, match="cannot be marked"):
        mark(by=by, booking=booking, came=came)


@pytest.mark.parametrize("state", BookingState)
def test_only_a_mark_is_taken_back(state: BookingState) -> None:
    by = runner()
    booking = booking_in(state, by)
    if state in (BookingState.ATTENDED, BookingState.ABSENT):
        assert undo(by=by, booking=booking, reason="A mistake").state == BookingState.BOOKED
        return
    with pytest.raises(ValidationError, match="is not marked"):
        undo(by=by, booking=booking, reason="A mistake")


def test_a_session_in_the_past_cannot_be_planned_nor_one_moved_there() -> None:
    by, session = runner(), TrainingSessionFactory()
    earlier = timezone.now() - timedelta(hours=2)
    moved = facts_of(
        session,
        starts_at=earlier,
        closes_at=earlier,
        ends_at=earlier + timedelta(hours=1),
    )
    with pytest.raises(ValidationError, match="in the future"):
        change_session(by=by, session=session, facts=moved)


def test_only_those_who_run_sessions_plan_change_and_cancel_them() -> None:
    session = TrainingSessionFactory()
    for by in (person(), person(CorporateRole.AUDITOR)):
        with pytest.raises(NotAllowed):
            plan_session(by=by, facts=facts_of(session))
        with pytest.raises(NotAllowed):
            change_session(by=by, session=session, facts=facts_of(session, places=9))
        with pytest.raises(NotAllowed):
            cancel_session(by=by, session=session, reason="The room is taken.")
