"""The letters about sessions: each is written once, and handed over once, whatever restarts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from smtplib import SMTPException

import structlog
from celery import current_app
from django.db import transaction
from django.utils import timezone

from training.models import (
    Booking,
    BookingState,
    SessionLetter,
    SessionLetterKind,
    SessionState,
)
from training.sessions.letter import send_session_letter

log = structlog.get_logger(__name__)
TASK = "training.mail_session_letters"
_Kind = SessionLetterKind


def write(
    booking: Booking, kind: SessionLetterKind, *, revision: int = 0, day: date | None = None
) -> bool:
    """Let the letter be sent once this transaction is committed; False where it was written before.

    `revision` is that of the change it tells of, `day` that of the session it reminds of.
    """
    _, is_new = SessionLetter.objects.get_or_create(
        booking=booking, kind=kind, revision=revision, day=day
    )
    if is_new:
        transaction.on_commit(lambda: current_app.send_task(TASK), robust=True)
    return is_new


def mail_session_letters() -> None:
    """Hand over every letter that waits.

    One that could not be handed over is tried again at the next call; one during which the process
    ended is not, so that nobody gets it twice.
    """
    waiting = SessionLetter.objects.filter(mailed_at=None).order_by("id")
    for letter_id in list(waiting.values_list("pk", flat=True)):
        _mail(letter_id)


def _mail(letter_id: int) -> None:
    claimed = SessionLetter.objects.filter(pk=letter_id, mailed_at=None)
    if not claimed.update(mailed_at=timezone.now()):
        return
    with_all = SessionLetter.objects.select_related(
        "booking__person", "booking__session__trainer", "booking__cancelled_by"
    )
    letter = with_all.get(pk=letter_id)
    if not is_still_true(letter):
        return
    try:
        send_session_letter(letter)
    except (SMTPException, OSError):
        log.warning("letter_not_sent", session_letter=letter_id, exc_info=True)
        SessionLetter.objects.filter(pk=letter_id).update(mailed_at=None)


def is_still_true(letter: SessionLetter) -> bool:
    """Whether it says what is the case; nobody who has left is written to."""
    booking = letter.booking
    if not booking.person.is_employed():
        return False
    return _TRUE[_Kind(letter.kind)](letter)


def _has_a_place(letter: SessionLetter) -> bool:
    is_planned = letter.booking.session.state == SessionState.PLANNED
    return is_planned and letter.booking.state == BookingState.BOOKED


def _waits(letter: SessionLetter) -> bool:
    return letter.booking.state == BookingState.WAITING


def _is_the_last_change(letter: SessionLetter) -> bool:
    booking = letter.booking
    is_open = booking.state in (BookingState.BOOKED, BookingState.WAITING)
    later = booking.letters.filter(kind=letter.kind, revision__gt=letter.revision)
    return is_open and booking.session.state == SessionState.PLANNED and not later.exists()


def _is_tomorrow_still(letter: SessionLetter) -> bool:
    begins = timezone.localdate(letter.booking.session.starts_at)
    return _has_a_place(letter) and begins == letter.day and not letter.booking.session.has_begun()


def _is_cancelled(letter: SessionLetter) -> bool:
    return letter.booking.session.state == SessionState.CANCELLED


def _has_none_any_more(letter: SessionLetter) -> bool:
    return letter.booking.state == BookingState.CANCELLED


_TRUE: dict[SessionLetterKind, Callable[[SessionLetter], bool]] = {
    _Kind.BOOKED: _has_a_place,
    _Kind.PLACE_GIVEN: _has_a_place,
    _Kind.WAITING: _waits,
    _Kind.CHANGED: _is_the_last_change,
    _Kind.CANCELLED: _is_cancelled,
    _Kind.BOOKING_CANCELLED: _has_none_any_more,
    _Kind.DAY_BEFORE: _is_tomorrow_still,
}
