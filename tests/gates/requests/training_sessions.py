"""What is asked of face-to-face sessions and of ambassadors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tests.factories import UserFactory
from tests.gates.small_council import Council
from training.models import Ambassador, Booking, BookingState, TrainingSession

Body = dict[str, Any]


def _made(council: Council, about: str) -> TrainingSession:
    """For everybody and still to come; "begun" has begun."""
    starts = timezone.now() + timedelta(days=-1 if about == "begun" else 7)
    return TrainingSession.objects.create(
        title="Pictures that everyone can use",
        about="## What you learn\n\nAlt text, consents and crops.",
        course=council.course,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        closes_at=starts,
        place="Room 3, Town Hall",
        places=3,
        made_by=council.people["officer"],
    )


def _session(council: Council, about: str) -> list[Any]:
    """The author has a place."""
    session = _made(council, about)
    _booked(council, session)
    return [session.pk]


def _booked(council: Council, session: TrainingSession) -> Booking:
    return Booking.objects.create(
        session=session,
        person=council.people["author"],
        state=BookingState.BOOKED,
        seat=1,
        seated_at=timezone.now(),
    )


def _booking(council: Council, about: str) -> list[Any]:
    """The author’s; "marked" says that they came."""
    session = _made(council, "begun" if about in ("begun", "marked") else "")
    booking = _booked(council, session)
    if about == "marked":
        marked = {"marked_at": timezone.now(), "marked_by": council.people["officer"]}
        Booking.objects.filter(pk=booking.pk).update(state=BookingState.ATTENDED, **marked)
    return [booking.pk]


def _ambassador(council: Council, about: str) -> list[Any]:
    ambassador = Ambassador.objects.create(
        area=council.area,
        person=UserFactory(),
        helps_with="Pictures",
        reach="Extension 42",
    )
    return [ambassador.pk]


def _typed(council: Council, about: str) -> Body:
    return {
        "title": "Answering people well",
        "about": "",
        "course": council.course.pk,
        "day": (timezone.localdate() + timedelta(days=9)).strftime("%d/%m/%Y"),
        "starts": "10am",
        "ends": "11:30am",
        "place": "Room 3",
        "online_link": "",
        "trainer": council.people["officer"].pk,
        "trainer_name": "",
        "places": "12",
        "open_to": "everybody",
        "corporate_role": "",
        "service_area": "",
        "closes_on": "",
        "notes": "",
    }


def _said_of_ambassador(council: Council, about: str) -> Body:
    return {
        "helps_with": "Pictures and plain English",
        "reach": "Extension 42",
        "since": timezone.localdate().strftime("%d/%m/%Y"),
        "until": "",
    }


PLACES: dict[str, Callable[[Council, str], list[Any]]] = {
    **dict.fromkeys(
        (
            "training_session",
            "training_session_calendar",
            "training_session_change",
            "training_session_cancel",
            "training_session_book",
            "training_session_book_for",
            "session_attendance",
            "session_attendance_print",
            "session_attendance_all",
            "session_attendance_csv",
        ),
        _session,
    ),
    **dict.fromkeys(("booking_cancel", "booking_mark", "booking_undo"), _booking),
    **dict.fromkeys(("ambassador_change", "ambassador_end"), _ambassador),
}
BODIES: dict[str, Callable[[Council, str], Body]] = {
    "training_session_new": _typed,
    "training_session_change": _typed,
    "training_session_cancel": lambda council, about: {"reason": "The trainer is ill."},
    "training_session_book_for": lambda council, about: {"person": council.people["drafter"].pk},
    "booking_mark": lambda council, about: {"came": "yes"},
    "booking_undo": lambda council, about: {"reason": "It was somebody else."},
    "ambassador_new": lambda council, about: {
        **_said_of_ambassador(council, about),
        "person": council.people["drafter"].pk,
        "area": council.area.pk,
    },
    "ambassador_change": _said_of_ambassador,
    "ambassador_end": lambda council, about: {"reason": "They have another job now."},
}
