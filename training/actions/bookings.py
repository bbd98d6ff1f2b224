"""Booking a place in a session, for oneself or for somebody else, and giving it up."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand, may
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from training.actions.places import free_seat, give_free_places, lock_session
from training.models import (
    Booking,
    BookingState,
    SessionLetterKind,
    SessionState,
    TrainingSession,
)
from training.sessions.letters import write


@transaction.atomic
def book(*, by: User, person: User, session: TrainingSession) -> Booking:
    """A place for `person`, or the next on the waiting list where all are taken.

    Somebody else books for them who manages them, keeps training records or runs sessions. Raises
    ValidationError for a session that cannot be booked, or not by them.
    """
    locked = lock_session(session)
    _demand_for(by, person)
    _refuse_who_cannot_come(locked, person)
    _refuse_when_closed(locked, by)
    seat = free_seat(locked)
    if seat is None and locked.has_begun():
        raise ValidationError("All places of this session are taken.")
    booking = Booking.objects.create(
        session=locked,
        person=person,
        state=BookingState.BOOKED if seat else BookingState.WAITING,
        seat=seat,
        seated_at=timezone.now() if seat else None,
        booked_by=by,
    )
    if not locked.has_begun():
        write(booking, SessionLetterKind.BOOKED if seat else SessionLetterKind.WAITING)
    event = Event.SESSION_BOOKED if seat else Event.SESSION_WAITED_FOR
    record(event, by=by, on=locked, after={"person": person.name})
    return booking


@transaction.atomic
def cancel_booking(*, by: User, booking: Booking) -> Booking:
    """Give up a place, or waiting for one, before the session begins; the next one gets it.

    Raises ValidationError.
    """
    session, locked = lock_booking(booking)
    _demand_for(by, locked.person)
    if locked.state not in (BookingState.BOOKED, BookingState.WAITING):
        state = locked.get_state_display().lower()
        raise ValidationError(f"This booking cannot be cancelled: it says “{state}”.")
    if session.state != SessionState.PLANNED or session.has_begun():
        raise ValidationError("Bookings can only be cancelled before the session begins.")
    give_up(session, locked, by=by)
    return locked


def give_up(session: TrainingSession, booking: Booking, *, by: User | None) -> None:
    """End the booking, within the transaction of whoever calls it and holds both locks."""
    booking.state, booking.seat = BookingState.CANCELLED, None
    booking.cancelled_at, booking.cancelled_by = timezone.now(), by
    booking.save(update_fields=["state", "seat", "cancelled_at", "cancelled_by"])
    write(booking, SessionLetterKind.BOOKING_CANCELLED)
    after = {"person": booking.person.name}
    record(Event.SESSION_BOOKING_CANCELLED, by=by, on=session, after=after)
    give_free_places(session, by=by)


def lock_booking(booking: Booking) -> tuple[TrainingSession, Booking]:
    """The session first, as everybody does, then the booking; both as they are now."""
    session = lock_session(booking.session)
    locked = Booking.objects.select_for_update(of=("self",)).select_related("person")
    return session, locked.get(pk=booking.pk)


def may_book_for(by: User, person: User) -> bool:
    """Whether `by` books, and gives up, places for `person`."""
    if not by.is_employed():
        return False
    return (
        by.pk == person.pk
        or may(by, Permission.RUN_SESSIONS)
        or may(by, Permission.SEE_TRAINING_RECORDS, on=person)
    )


def _demand_for(by: User, person: User) -> None:
    if not may_book_for(by, person):
        demand(by, Permission.RUN_SESSIONS)


def _refuse_who_cannot_come(session: TrainingSession, person: User) -> None:
    if not person.is_employed():
        raise ValidationError(f"{person.name} does not work for the council any more.")
    if session.bookings.open().filter(person=person).exists():
        raise ValidationError(f"{person.name} has booked this session already.")
    whom = User.objects.filter(pk=person.pk)
    if not TrainingSession.objects.filter(pk=session.pk).open_to(whom).exists():
        for_whom = session.for_whom
        raise ValidationError(f"{person.name} cannot book this session. It is for: {for_whom}.")


def _refuse_when_closed(session: TrainingSession, by: User) -> None:
    if session.state == SessionState.CANCELLED:
        raise ValidationError("This session is cancelled.")
    if not session.takes_bookings() and not may(by, Permission.RUN_SESSIONS):
        raise ValidationError(
            "Booking for this session has closed. Ask those who run it whether you can still come."
        )
