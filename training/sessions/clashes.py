"""Sessions at the same time as another that somebody has booked."""

from __future__ import annotations

from accounts.models import User
from training.models import Booking, TrainingSession


def clashes(person: User, session: TrainingSession) -> list[Booking]:
    """What else `person` has booked, or waits for, while `session` goes on. One query."""
    ahead = Booking.objects.ahead_of(person).exclude(session=session)
    at_the_same_time = ahead.filter(
        session__starts_at__lt=session.ends_at, session__ends_at__gt=session.starts_at
    )
    return list(at_the_same_time.select_related("session"))


def in_words(found: list[Booking]) -> str:
    """The titles, as in “First aid” and “Minutes”."""
    return " and ".join(f"“{booking.session.title}”" for booking in found)
