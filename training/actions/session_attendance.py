"""Who came to a session; coming keeps a completion of the course that the session is about."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from pages.days import midnight_after
from training.actions.bookings import lock_booking
from training.actions.completions import keep_completion, take_back_completion
from training.actions.places import lock_session
from training.models import (
    Booking,
    BookingState,
    CompletedBy,
    Completion,
    CourseVersion,
    SessionState,
    TrainingSession,
)


@transaction.atomic
def mark(*, by: User, booking: Booking, came: bool) -> Booking:
    """Keep that somebody with a place came, or did not. Raises ValidationError.

    Not before the session begins, and not a second time: `undo` comes first.
    """
    session, locked = lock_booking(booking)
    demand(by, Permission.RUN_SESSIONS)
    _refuse_too_early(session)
    if locked.state != BookingState.BOOKED:
        state = locked.get_state_display().lower()
        raise ValidationError(f"{locked.person.name} cannot be marked: “{state}” stands there.")
    _mark(by, session, locked, came)
    return locked


@transaction.atomic
def mark_all_attended(*, by: User, session: TrainingSession) -> int:
    """Keep that everybody with a place came who is not marked yet; how many those were.

    Raises ValidationError where there is nobody to mark.
    """
    locked = lock_session(session)
    demand(by, Permission.RUN_SESSIONS)
    _refuse_too_early(locked)
    unmarked = locked.bookings.filter(state=BookingState.BOOKED).select_for_update(of=("self",))
    bookings = list(unmarked.select_related("person").order_by("pk"))
    if not bookings:
        raise ValidationError("Everybody who had a place is marked already.")
    for booking in bookings:
        _mark(by, locked, booking, came=True)
    return len(bookings)


@transaction.atomic
def undo(*, by: User, booking: Booking, reason: str) -> Booking:
    """Take a mark back, and with it the completion that it kept. Raises ValidationError."""
    session, locked = lock_booking(booking)
    demand(by, Permission.RUN_SESSIONS)
    if locked.state not in (BookingState.ATTENDED, BookingState.ABSENT):
        raise ValidationError(f"{locked.person.name} is not marked.")
    completion_id = locked.completion_id
    said = locked.get_state_display()
    locked.state, locked.completion = BookingState.BOOKED, None
    locked.marked_at = locked.marked_by = None
    locked.save(update_fields=["state", "completion", "marked_at", "marked_by"])
    after = {"person": locked.person.name, "said": said}
    record(Event.ATTENDANCE_TAKEN_BACK, by=by, on=session, after=after, reason=reason)
    if completion_id:
        completion = Completion.objects.select_for_update(of=("self",)).get(pk=completion_id)
        if completion.withdrawn_at is None:
            take_back_completion(by=by, locked=completion, reason=reason)
    return locked


def _refuse_too_early(session: TrainingSession) -> None:
    if session.state == SessionState.CANCELLED:
        raise ValidationError("This session is cancelled.")
    if not session.has_begun():
        raise ValidationError("Attendance can be marked once the session has begun.")


def _mark(by: User, session: TrainingSession, booking: Booking, came: bool) -> None:
    booking.state = BookingState.ATTENDED if came else BookingState.ABSENT
    booking.marked_at, booking.marked_by = timezone.now(), by
    if came:
        booking.completion = _completed(by, session, booking.person)
    booking.save(update_fields=["state", "marked_at", "marked_by", "completion"])
    if session.state == SessionState.PLANNED:
        session.state = SessionState.HELD
        session.save(update_fields=["state"])
    event = Event.SESSION_ATTENDED if came else Event.SESSION_NOT_ATTENDED
    record(event, by=by, on=session, after={"person": booking.person.name})


def _completed(by: User, session: TrainingSession, person: User) -> Completion | None:
    """What coming completes: nothing where there is no course, or it is on record for that day."""
    if session.course is None:
        return None
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    day = timezone.localdate(session.starts_at)
    known = person.completions.on_record().filter(course=session.course, completed_on=day)
    if known.exists():
        return None
    then = CourseVersion.objects.published(midnight_after(day)).filter(course=session.course)
    return keep_completion(
        by=by,
        person=person,
        course=session.course,
        version=then.order_by("-number").first(),
        completed_on=day,
        how=CompletedBy.SESSION,
        note=session.title,
    )
