"""Lists of sessions: with how many places are taken."""

from __future__ import annotations

from django.db.models import Count, Q

from training.models import SEATED, BookingState
from training.models.sessions import TrainingSessionQuerySet


def with_numbers(sessions: TrainingSessionQuerySet) -> TrainingSessionQuerySet:
    """`taken`, `waiting`, `attended` and `absent`: how many people."""

    def count(*states: BookingState) -> Count:
        return Count("bookings", filter=Q(bookings__state__in=states))

    return sessions.annotate(
        taken=count(*SEATED),
        waiting=count(BookingState.WAITING),
        attended=count(BookingState.ATTENDED),
        absent=count(BookingState.ABSENT),
    )
