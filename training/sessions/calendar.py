"""A session as a calendar entry (RFC 5545), and as the invitation that a letter brings (RFC 5546).

The times are London's, with the rules of its clock in the file, so that a calendar anywhere shows
them right through both changes of the clock.
"""

from __future__ import annotations

from datetime import datetime
from email.utils import parseaddr
from enum import StrEnum

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event, vCalAddress

from accounts.models import User
from pages.local_time import LONDON
from training.models import Booking, TrainingSession


class Method(StrEnum):
    """What a calendar program is to do with it."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


def invitation(booking: Booking, method: Method) -> bytes:
    """What the letter about a booking brings.

    Its UID is the booking's, and its SEQUENCE only ever rises: with what changed of the session,
    and once more when the entry is taken back.
    """
    session = booking.session
    entry = _entry(session, _uid(session, booking), with_all=True)
    taken_back = method is Method.CANCEL
    entry.add("sequence", session.revision + taken_back)
    entry.add("status", "CANCELLED" if taken_back else "CONFIRMED")
    entry.add("organizer", _organizer())
    entry.add("attendee", _attendee(booking.person))
    return _calendar(entry, method)


def entry_to_download(
    session: TrainingSession, booking: Booking | None, *, with_all: bool
) -> bytes:
    """The session for somebody's own calendar; the same entry as the letter's for a booking.

    `with_all`: with the link and the notes, which are for those who come.
    """
    entry = _entry(session, _uid(session, booking), with_all=with_all)
    is_off = session.cancelled_at is not None
    entry.add("sequence", session.revision + is_off)
    entry.add("status", "CANCELLED" if is_off else "CONFIRMED")
    return _calendar(entry, Method.PUBLISH)


def _uid(session: TrainingSession, booking: Booking | None) -> str:
    what = f"training-booking-{booking.pk}" if booking else f"training-session-{session.pk}"
    return f"{what}@{settings.BASE_HOST}"


def _entry(session: TrainingSession, uid: str, *, with_all: bool) -> Event:
    address = settings.BASE_URL + reverse("training_session", args=[session.pk])
    lines = [session.notes, session.online_link] if with_all else []
    entry = Event()
    entry.add("uid", uid)
    entry.add("dtstamp", session.changed_at)
    entry.add("last-modified", session.changed_at)
    entry.add("dtstart", _london(session.starts_at))
    entry.add("dtend", _london(session.ends_at))
    entry.add("summary", session.title)
    entry.add("location", session.where)
    entry.add("description", "\n\n".join(line for line in (*lines, address) if line))
    entry.add("url", address)
    return entry


def _calendar(entry: Event, method: Method) -> bytes:
    made = Calendar()
    made.add("prodid", "-//Council Social//Training sessions//EN")
    made.add("version", "2.0")
    made.add("method", method.value)
    made.add_component(entry)
    made.add_missing_timezones()
    return bytes(made.to_ical())


def _london(moment: datetime) -> datetime:
    return moment.astimezone(LONDON)


def _organizer() -> vCalAddress:
    found = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    found.params["CN"] = settings.COUNCIL_NAME
    return found


def _attendee(person: User) -> vCalAddress:
    found = vCalAddress(f"mailto:{person.email}")
    found.params["CN"] = person.name
    found.params["PARTSTAT"] = "ACCEPTED"
    found.params["RSVP"] = "FALSE"
    return found
