"""Training sessions: the next that somebody has booked, and those whose attendance is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from django.urls import reverse
from django.utils import timezone

from accounts.access import holds
from accounts.models import User
from accounts.permissions import Permission
from council_social.my_tasks.task import Task, Told
from council_social.times import short_when
from training.models import Booking, BookingState, SessionState, TrainingSession


def next_session(user: User) -> Iterator[Told]:
    booked = Booking.objects.ahead_of(user).filter(state=BookingState.BOOKED)
    fields = [f"session__{name}" for name in ("pk", "title", "starts_at", "place")]
    yield Told(booked, fields, _next_session)


def _next_session(_: int, session_id: int, title: str, starts_at: str, place: str) -> Task:
    moment = datetime.fromisoformat(starts_at)
    # SQLite knows no time zone, and keeps what is UTC.
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return Task(
        f"Your next training session: {title}",
        f"{short_when(moment)}, {TrainingSession(place=place).where}",
        1,
        reverse("training_session", args=[session_id]),
    )


def attendance(user: User) -> Iterator[Task]:
    """For whoever runs sessions: those that are over, and nobody has said who came."""
    if holds(user, Permission.RUN_SESSIONS):
        yield Task(
            "Training sessions without attendance",
            "Mark who came, so that their course is completed",
            TrainingSession.objects.filter(
                state=SessionState.PLANNED,
                ends_at__lte=timezone.now(),
                bookings__state=BookingState.BOOKED,
            ).distinct(),
            reverse("training_sessions_past"),
        )
