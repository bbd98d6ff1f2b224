"""Booking places: who may, the waiting list, and who gets the place that becomes free."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts.access import NotAllowed
from accounts.models import User
from accounts.permissions import CorporateRole
from audit.catalogue import Event
from audit.models import Entry
from tests.at_once import at_once
from tests.factories import (
    CorporateGrantFactory,
    ServiceAreaFactory,
    UserFactory,
    communications_officer,
    person,
)
from tests.training.sessions.making import (
    TrainingSessionFactory,
    begun,
    booked,
    facts_of,
    fresh,
    runner,
)
from training.actions.bookings import book, cancel_booking
from training.actions.session_rounds import free_places_of_leavers
from training.actions.sessions import change_session
from training.models import Booking, BookingState, OpenTo, TrainingSession
from training.sessions.clashes import clashes

pytestmark = pytest.mark.django_db


def states(*bookings: Booking) -> list[str]:
    return [fresh(booking).state for booking in bookings]


def events() -> list[str]:
    return list(Entry.objects.order_by("sequence").values_list("event", flat=True))


def leaves(user: User) -> None:
    """Yesterday was the last day."""
    yesterday = timezone.localdate() - timedelta(days=1)
    User.objects.filter(pk=user.pk).update(employed_until=yesterday)


def test_places_go_in_order_and_whoever_is_too_late_waits_in_order() -> None:
    session = TrainingSessionFactory(places=2)
    bookings = [booked(session) for _ in range(4)]
    assert states(*bookings) == ["booked", "booked", "on_waiting_list", "on_waiting_list"]
    assert [fresh(each).seat for each in bookings] == [1, 2, None, None]
    assert list(session.bookings.waiting()) == bookings[2:]
    assert events() == [Event.SESSION_BOOKED] * 2 + [Event.SESSION_WAITED_FOR] * 2


def test_the_place_that_becomes_free_goes_to_whoever_waited_longest() -> None:
    session = TrainingSessionFactory(places=1)
    first, second, third = booked(session), booked(session), booked(session)
    cancel_booking(by=first.person, booking=first)
    assert states(first, second, third) == ["cancelled", "booked", "on_waiting_list"]
    assert fresh(second).seat == 1
    assert events()[-2:] == [Event.SESSION_BOOKING_CANCELLED, Event.SESSION_PLACE_GIVEN]


def test_whoever_gives_up_waiting_and_books_again_waits_at_the_end() -> None:
    session = TrainingSessionFactory(places=1)
    first, second, third = booked(session), booked(session), booked(session)
    cancel_booking(by=second.person, booking=second)
    again = booked(session, second.person)
    cancel_booking(by=first.person, booking=first)
    assert states(third, again) == ["booked", "on_waiting_list"]


def test_whoever_has_left_is_passed_over() -> None:
    session = TrainingSessionFactory(places=1)
    first, second, third = booked(session), booked(session), booked(session)
    leaves(second.person)
    cancel_booking(by=first.person, booking=first)
    assert states(second, third) == ["on_waiting_list", "booked"]


def test_more_places_go_to_those_who_wait() -> None:
    session = TrainingSessionFactory(places=1)
    bookings = [booked(session) for _ in range(3)]
    change_session(by=runner(), session=session, facts=facts_of(session, places=2))
    assert states(*bookings) == ["booked", "booked", "on_waiting_list"]


def test_fewer_places_move_those_with_a_higher_number() -> None:
    session = TrainingSessionFactory(places=4)
    bookings = [booked(session) for _ in range(4)]
    for booking in bookings[:2]:
        cancel_booking(by=booking.person, booking=booking)
    change_session(by=runner(), session=session, facts=facts_of(session, places=2))
    assert sorted(fresh(each).seat or 0 for each in bookings[2:]) == [1, 2]


def test_there_cannot_be_fewer_places_than_people() -> None:
    session = TrainingSessionFactory(places=2)
    booked(session), booked(session)
    with pytest.raises(ValidationError, match="2 people have a place"):
        change_session(by=runner(), session=session, facts=facts_of(session, places=1))


def test_nobody_books_twice() -> None:
    session, someone = TrainingSessionFactory(), UserFactory()
    booked(session, someone)
    with pytest.raises(ValidationError, match="already"):
        booked(session, someone)


def test_nobody_books_for_a_stranger_but_managers_and_hr_do() -> None:
    session = TrainingSessionFactory(places=9)
    manager = person()
    member = UserFactory(manager=manager)
    with pytest.raises(NotAllowed):
        book(by=person(), person=member, session=session)
    booking = book(by=manager, person=member, session=session)
    with pytest.raises(NotAllowed):
        cancel_booking(by=person(), booking=booking)
    cancel_booking(by=manager, booking=booking)
    for by in (person(CorporateRole.HR), communications_officer()):
        assert book(by=by, person=UserFactory(), session=session).booked_by == by


def test_nobody_who_has_left_books_or_is_booked() -> None:
    session, someone = TrainingSessionFactory(), UserFactory()
    leaves(someone)
    someone.refresh_from_db()
    with pytest.raises(NotAllowed):
        booked(session, someone)
    with pytest.raises(ValidationError, match="does not work"):
        book(by=runner(), person=someone, session=session)


def test_a_session_for_a_role_or_an_area_is_for_those_alone() -> None:
    place = ServiceAreaFactory(name="Place")
    highways = ServiceAreaFactory(name="Highways", parent=place)
    for_area = TrainingSessionFactory(
        open_to=OpenTo.SERVICE_AREA, service_area=place, title="For Place"
    )
    for_role = TrainingSessionFactory(
        open_to=OpenTo.CORPORATE_ROLE, corporate_role=CorporateRole.ELECTED_MEMBER
    )
    inside, outside = UserFactory(service_area=highways), UserFactory()
    member = CorporateGrantFactory(role=CorporateRole.ELECTED_MEMBER).user
    booked(for_area, inside)
    booked(for_role, member)
    for session in (for_area, for_role):
        with pytest.raises(ValidationError, match="cannot book this session"):
            booked(session, outside)
    assert list(TrainingSession.objects.visible_to(outside)) == []
    assert list(TrainingSession.objects.visible_to(inside)) == [for_area]
    assert list(TrainingSession.objects.visible_to(member)) == [for_role]
    assert TrainingSession.objects.visible_to(runner()).count() == 2
    leaves(inside)
    inside.refresh_from_db()
    assert list(TrainingSession.objects.visible_to(inside)) == []


def test_a_manager_sees_what_is_for_somebody_of_the_team() -> None:
    area = ServiceAreaFactory()
    session = TrainingSessionFactory(open_to=OpenTo.SERVICE_AREA, service_area=area)
    manager = UserFactory()
    assert list(TrainingSession.objects.visible_to(manager)) == []
    UserFactory(manager=manager, service_area=area)
    assert list(TrainingSession.objects.visible_to(manager)) == [session]


def test_once_booking_has_closed_only_those_who_run_it_book() -> None:
    session = TrainingSessionFactory(closes_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(ValidationError, match="has closed"):
        booked(session)
    assert book(by=runner(), person=UserFactory(), session=session).state == BookingState.BOOKED


def test_once_it_has_begun_nobody_waits_and_no_place_is_given_on() -> None:
    session = TrainingSessionFactory(places=1)
    first, second = booked(session), booked(session)
    session = begun(session)
    with pytest.raises(ValidationError, match="All places"):
        book(by=runner(), person=UserFactory(), session=session)
    with pytest.raises(ValidationError, match="before the session begins"):
        cancel_booking(by=first.person, booking=first)
    assert states(first, second) == ["booked", "on_waiting_list"]


def test_more_places_once_it_has_begun_are_given_to_nobody() -> None:
    session = TrainingSessionFactory(places=1)
    _, waits = booked(session), booked(session)
    session = begun(session)
    change_session(by=runner(), session=session, facts=facts_of(session, places=2))
    assert states(waits) == ["on_waiting_list"]


def test_what_leavers_had_booked_goes_on_to_those_who_wait() -> None:
    session = TrainingSessionFactory(places=1)
    first, second = booked(session), booked(session)
    leaves(first.person)
    free_places_of_leavers()
    free_places_of_leavers()
    assert states(first, second) == ["cancelled", "booked"]
    assert events().count(Event.SESSION_BOOKING_CANCELLED) == 1


def test_another_session_at_the_same_time_is_found() -> None:
    someone = UserFactory()
    mine = TrainingSessionFactory()
    booked(mine, someone)
    begins = mine.starts_at
    half_over = TrainingSessionFactory(starts_at=begins + timedelta(minutes=30))
    after = TrainingSessionFactory(starts_at=mine.ends_at)
    assert [each.session for each in clashes(someone, half_over)] == [mine]
    assert clashes(someone, after) == []
    assert clashes(someone, mine) == []
    assert clashes(UserFactory(), half_over) == []


@pytest.mark.django_db(transaction=True)
def test_many_at_once_never_get_more_than_there_is() -> None:
    session = TrainingSessionFactory(places=3)
    people = [UserFactory() for _ in range(8)]
    at_once(*[lambda who=who: booked(session, who) for who in people])
    found = session.bookings
    assert found.seated().count() == 3
    assert found.waiting().count() == 5
    assert set(found.seated().values_list("seat", flat=True)) == {1, 2, 3}


@pytest.mark.django_db(transaction=True)
def test_two_places_that_become_free_at_once_go_to_two_who_wait() -> None:
    session = TrainingSessionFactory(places=2)
    first, second, third, fourth, fifth = (booked(session) for _ in range(5))
    late = UserFactory()
    at_once(
        lambda: cancel_booking(by=first.person, booking=first),
        lambda: cancel_booking(by=second.person, booking=second),
        lambda: booked(session, late),
    )
    assert states(third, fourth) == ["booked", "booked"]
    assert states(fifth) == ["on_waiting_list"]
    assert session.bookings.get(person=late).state == BookingState.WAITING
    assert session.bookings.seated().count() == 2


@pytest.mark.django_db(transaction=True)
def test_one_person_who_presses_twice_has_one_booking() -> None:
    session, someone = TrainingSessionFactory(places=5), UserFactory()
    told = at_once(*[lambda: booked(session, someone)] * 3, refusals=ValidationError)
    assert sum(isinstance(each, Booking) for each in told) == 1
    assert session.bookings.count() == 1


class TestTheDatabase:
    """What it refuses by itself, whatever the program does."""

    def test_a_place_beyond_their_number(self) -> None:
        session = TrainingSessionFactory(places=1)
        with pytest.raises(DatabaseError, match="no such place"), transaction.atomic():
            self._seated(session, 2)
        booking = self._seated(session, 1)
        with pytest.raises(DatabaseError, match="no such place"), transaction.atomic():
            Booking.objects.filter(pk=booking.pk).update(seat=2)

    def test_two_people_on_one_place(self) -> None:
        session = TrainingSessionFactory(places=2)
        self._seated(session, 1)
        with pytest.raises(IntegrityError), transaction.atomic():
            self._seated(session, 1)

    def test_fewer_places_than_are_taken(self) -> None:
        session = TrainingSessionFactory(places=3)
        self._seated(session, 3)
        with pytest.raises(DatabaseError, match="places of the session"), transaction.atomic():
            TrainingSession.objects.filter(pk=session.pk).update(places=2)

    def test_a_booked_person_without_a_place(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Booking.objects.create(
                session=TrainingSessionFactory(), person=UserFactory(), state=BookingState.BOOKED
            )

    def test_two_open_bookings_of_one_person(self) -> None:
        session, someone = TrainingSessionFactory(), UserFactory()
        self._seated(session, 1, someone)
        with pytest.raises(IntegrityError), transaction.atomic():
            self._seated(session, 2, someone)

    def _seated(self, session: TrainingSession, seat: int, who: User | None = None) -> Booking:
        return Booking.objects.create(
            session=session,
            person=who or UserFactory(),
            state=BookingState.BOOKED,
            seat=seat,
            seated_at=timezone.now(),
        )
