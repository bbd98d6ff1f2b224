"""The places of a session: who gets the next one. Whoever calls holds the lock of its row."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from audit.catalogue import Event
from audit.record import record
from training.models import (
    Booking,
    BookingState,
    SessionLetterKind,
    SessionState,
    TrainingSession,
)
from training.sessions.letters import write


def lock_session(session: TrainingSession) -> TrainingSession:
    """The row as it is now, nobody else’s until the end of the transaction."""
    return TrainingSession.objects.select_for_update(of=("self",)).get(pk=session.pk)


def free_seat(session: TrainingSession) -> int | None:
    """The lowest number that nobody has; None when the session is full."""
    taken = set(session.bookings.seated().values_list("seat", flat=True))
    return next((seat for seat in range(1, session.places + 1) if seat not in taken), None)


def give_free_places(session: TrainingSession, *, by: User | None) -> None:
    """What is free goes to whoever has waited longest, for as long as it is not too late to come.

    People who have left are passed over.
    """
    if session.state != SessionState.PLANNED or session.has_begun():
        return
    waiting = session.bookings.waiting().filter(person__in=User.objects.employed())
    for booking in waiting.select_related("person"):
        seat = free_seat(session)
        if seat is None:
            return
        booking.state, booking.seat = BookingState.BOOKED, seat
        booking.seated_at = timezone.now()
        booking.save(update_fields=["state", "seat", "seated_at"])
        write(booking, SessionLetterKind.PLACE_GIVEN)
        after = {"person": booking.person.name}
        record(Event.SESSION_PLACE_GIVEN, by=by, on=session, after=after)


def move_together(session: TrainingSession, places: int) -> None:
    """Give those whose number is beyond `places` a lower one that is free."""
    taken = {seat: pk for pk, seat in session.bookings.seated().values_list("pk", "seat")}
    free = iter(seat for seat in range(1, places + 1) if seat not in taken)
    for seat in sorted(seat for seat in taken if seat and seat > places):
        Booking.objects.filter(pk=taken[seat]).update(seat=next(free))
