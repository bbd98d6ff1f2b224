"""Sessions as tests need them: planned for next week, full, over, with people in them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from accounts.models import User
from accounts.permissions import CorporateRole
from tests.factories import UserFactory, person
from tests.model_factory import ModelFactory
from training.actions.bookings import book
from training.models import Booking, TrainingSession
from training.sessions.facts import SessionFacts


class TrainingSessionFactory(ModelFactory[TrainingSession]):
    """An hour in a week, with two places, for everybody."""

    class Meta:
        model = TrainingSession

    title = factory.Sequence(lambda n: f"Pictures that everyone can use, {n}")
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
    ends_at = factory.LazyAttribute(lambda made: made.starts_at + timedelta(hours=1))
    closes_at = factory.SelfAttribute("starts_at")
    place = "Room 3, Town Hall"
    places = 2


def runner() -> User:
    """Somebody who runs sessions."""
    return person(CorporateRole.HR)


def booked(session: TrainingSession, who: User | None = None) -> Booking:
    """By the person themselves, as the pages do it."""
    who = who or UserFactory()
    return book(by=who, person=who, session=session)


def begun(session: TrainingSession, ago: timedelta = timedelta(minutes=10)) -> TrainingSession:
    """The same, as if it had been planned for a time that has come."""
    starts = timezone.now() - ago
    TrainingSession.objects.filter(pk=session.pk).update(
        starts_at=starts, ends_at=starts + timedelta(hours=1), closes_at=starts
    )
    return TrainingSession.objects.get(pk=session.pk)


def fresh(row: Booking) -> Booking:
    return Booking.objects.get(pk=row.pk)


def facts_of(session: TrainingSession, **changed: Any) -> SessionFacts:
    names = SessionFacts.__dataclass_fields__
    return SessionFacts(**{**{name: getattr(session, name) for name in names}, **changed})
