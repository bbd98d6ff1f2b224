"""Planning, changing and cancelling a session."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from training.actions.places import give_free_places, lock_session, move_together
from training.models import BookingState, SessionLetterKind, SessionState, TrainingSession
from training.sessions.facts import SHOWN, TOLD, SessionFacts, changed, refuse_what_cannot_be
from training.sessions.letters import write
from training.sessions.times import from_to


@transaction.atomic
def plan_session(*, by: User, facts: SessionFacts) -> TrainingSession:
    """A new session, which people may book from now on. Raises ValidationError."""
    demand(by, Permission.RUN_SESSIONS)
    refuse_what_cannot_be(facts)
    session = TrainingSession.objects.create(**facts.by_name(), made_by=by)
    record(Event.SESSION_PLANNED, by=by, on=session, after=_told_of(session))
    return session


@transaction.atomic
def change_session(*, by: User, session: TrainingSession, facts: SessionFacts) -> TrainingSession:
    """Change a planned session; a new time or place is told to everybody who booked or waits.

    More places go to those who wait. Raises ValidationError, also for fewer places than are taken.
    """
    locked = lock_session(session)
    demand(by, Permission.RUN_SESSIONS)
    _refuse_unless_planned(locked)
    refuse_what_cannot_be(facts, locked)
    _refuse_too_few(locked, facts.places)
    different = changed(locked, facts)
    if not different:
        return locked
    before = _told_of(locked)
    move_together(locked, facts.places)
    for name in different:
        setattr(locked, name, getattr(facts, name))
    if set(different) & set(SHOWN):
        locked.revision += 1
    locked.changed_at = timezone.now()
    locked.save()
    if set(different) & set(TOLD):
        _tell(locked, SessionLetterKind.CHANGED)
    record(Event.SESSION_CHANGED, by=by, on=locked, before=before, after=_told_of(locked))
    give_free_places(locked, by=by)
    return locked


@transaction.atomic
def cancel_session(*, by: User, session: TrainingSession, reason: str) -> TrainingSession:
    """Call a planned session off, and tell everybody who booked or waits.

    Raises ValidationError.
    """
    locked = lock_session(session)
    demand(by, Permission.RUN_SESSIONS)
    _refuse_unless_planned(locked)
    locked.state = SessionState.CANCELLED
    locked.cancelled_by, locked.cancelled_because = by, reason
    locked.cancelled_at = locked.changed_at = timezone.now()
    locked.save()
    _tell(locked, SessionLetterKind.CANCELLED)
    record(Event.SESSION_CANCELLED, by=by, on=locked, reason=reason)
    return locked


def _refuse_unless_planned(session: TrainingSession) -> None:
    if session.state != SessionState.PLANNED:
        state = session.get_state_display().lower()
        raise ValidationError(f"This session is {state}: it cannot be changed any more.")


def _refuse_too_few(session: TrainingSession, places: int) -> None:
    taken = session.bookings.seated().count()
    if places < taken:
        raise ValidationError({"places": f"{taken} people have a place. Cancel bookings first."})


def _tell(session: TrainingSession, kind: SessionLetterKind) -> None:
    open_ = session.bookings.filter(state__in=[BookingState.BOOKED, BookingState.WAITING])
    for booking in open_.order_by("pk"):
        write(booking, kind, revision=session.revision)


def _told_of(session: TrainingSession) -> dict[str, object]:
    return {
        "title": session.title,
        "when": from_to(session),
        "place": session.where,
        "places": session.places,
        "for": session.for_whom,
        "trainer": session.taught_by,
        "course": session.course.title if session.course else "",
    }
