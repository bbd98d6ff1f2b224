"""What the clock does about sessions: reminds the day before, and gives on what leavers had."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from training.actions.bookings import give_up, lock_booking
from training.models import Booking, BookingState, SessionLetterKind, SessionState
from training.sessions.letters import mail_session_letters, write

FROM = 8
"""The hour in London from which people are reminded."""


def go_round() -> None:
    """Everything that is due. May be called again at any time: each thing happens once."""
    free_places_of_leavers()
    if timezone.localtime().hour >= FROM:
        remind_of_tomorrow()
    mail_session_letters()


def remind_of_tomorrow() -> None:
    """A letter to everybody with a place in a session of tomorrow, unless it is theirs since today.

    That they have it is in a letter of today already.
    """
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)
    near = Booking.objects.filter(
        state=BookingState.BOOKED,
        session__state=SessionState.PLANNED,
        session__starts_at__gt=timezone.now(),
        session__starts_at__lt=timezone.now() + timedelta(days=2),
    )
    for booking in near.select_related("session").order_by("pk"):
        had_before = booking.seated_at and timezone.localdate(booking.seated_at) < today
        if had_before and timezone.localdate(booking.session.starts_at) == tomorrow:
            with transaction.atomic():
                write(booking, SessionLetterKind.DAY_BEFORE, day=tomorrow)


def free_places_of_leavers() -> None:
    """Cancel what people have booked ahead who do not work here any more."""
    left = Booking.objects.filter(
        state__in=[BookingState.BOOKED, BookingState.WAITING],
        session__state=SessionState.PLANNED,
        session__starts_at__gt=timezone.now(),
    ).exclude(person__in=User.objects.employed())
    for booking in left.select_related("session").order_by("pk"):
        _free(booking)


@transaction.atomic
def _free(booking: Booking) -> None:
    session, locked = lock_booking(booking)
    is_open = locked.state in (BookingState.BOOKED, BookingState.WAITING)
    if is_open and not locked.person.is_employed() and not session.has_begun():
        give_up(session, locked, by=None)
