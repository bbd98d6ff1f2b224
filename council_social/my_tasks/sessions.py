"""Training sessions: the next that somebody has booked, and those whose attendance is missing."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from accounts.access import holds
from accounts.models import User
from accounts.permissions import Permission
from council_social.my_tasks.task import Task
from council_social.times import short_when
from training.models import Booking, BookingState, SessionState, TrainingSession


def next_session(user: User) -> Iterator[Task]:
    booked = Booking.objects.ahead_of(user).filter(state=BookingState.BOOKED)
    if found := booked.select_related("session").first():
        session = found.session
        yield Task(
            f"Your next training session: {session.title}",
            f"{short_when(session.starts_at)}, {session.where}",
            1,
            reverse("training_session", args=[session.pk]),
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
