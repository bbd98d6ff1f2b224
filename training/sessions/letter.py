"""One e-mail about a session, with the entry for the calendar of whoever has a place."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from training.models import Booking, SessionLetter, SessionLetterKind
from training.sessions.calendar import Method, invitation
from training.sessions.times import from_to

_Kind = SessionLetterKind

SUBJECTS: dict[SessionLetterKind, str] = {
    _Kind.BOOKED: "You have a place: {title}",
    _Kind.WAITING: "You are on the waiting list: {title}",
    _Kind.PLACE_GIVEN: "A place became free for you: {title}",
    _Kind.CHANGED: "Changed: {title}",
    _Kind.CANCELLED: "Cancelled: {title}",
    _Kind.BOOKING_CANCELLED: "Your booking is cancelled: {title}",
    _Kind.DAY_BEFORE: "Tomorrow: {title}",
}
_TAKES_BACK = (_Kind.CANCELLED, _Kind.BOOKING_CANCELLED)


def send_session_letter(letter: SessionLetter) -> None:
    """Hand the letter over. What the mail server refuses is raised."""
    booking, kind = letter.booking, SessionLetterKind(letter.kind)
    session = booking.session
    # A title may hold anything, a subject no line break.
    subject = " ".join(SUBJECTS[kind].format(title=session.title).split())
    words = {
        "kind": kind.value,
        "booking": booking,
        "person": booking.person,
        "session": session,
        "from_to": from_to(session),
        "has_place": booking.seat is not None and kind not in _TAKES_BACK,
        "address": settings.BASE_URL + reverse("training_session", args=[session.pk]),
    }
    body = render_to_string("emails/training_session.txt", words)
    mail = EmailMessage(subject, body, to=[booking.person.email])
    if _is_in_their_calendar(booking):
        method = Method.CANCEL if kind in _TAKES_BACK else Method.REQUEST
        entry = invitation(booking, method).decode()
        mail.attach("session.ics", entry, f"text/calendar; method={method.value}")
    mail.send()


def _is_in_their_calendar(booking: Booking) -> bool:
    """Whoever only ever waited got no entry, and none has to be taken back."""
    return booking.seated_at is not None
