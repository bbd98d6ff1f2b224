"""The letters about sessions: each once, true when it is sent, and right in every calendar."""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any, cast
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from accounts.models import User
from tests.at_once import at_once
from tests.factories import UserFactory
from tests.training.sessions.making import (
    TrainingSessionFactory,
    booked,
    facts_of,
    runner,
)
from training.actions.bookings import book, cancel_booking
from training.actions.session_rounds import go_round
from training.actions.sessions import cancel_session, change_session
from training.models import Booking, SessionLetter, TrainingSession
from training.sessions.calendar import Method, entry_to_download, invitation
from training.sessions.letters import mail_session_letters

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


@pytest.fixture(autouse=True)
def _ten_on_a_tuesday(clock: time_machine.Traveller) -> None:
    """10 March 2026."""


def sent() -> list[str]:
    """The subjects of what is sent now, with the first part of the address."""
    mail.outbox.clear()
    mail_session_letters()
    return [f"{each.to[0].partition('@')[0]}: {each.subject}" for each in mail.outbox]


def entry_of(letter: mail.EmailMessage) -> tuple[str, Any]:
    """What the message asks calendar programs to do, and with what."""
    parts = [part for part in letter.message().walk() if part.get_content_type() == "text/calendar"]
    [part] = parts
    found = Calendar.from_ical(cast(bytes, part.get_payload(decode=True)))
    [event] = found.walk("VEVENT")
    assert part.get_param("method") == str(found["method"])
    return str(found["method"]), event


def anna() -> User:
    return UserFactory(name="Anna", email="anna@wealdmoor.example")


def in_london(*when: int) -> datetime:
    year, month, day, hour, minute = (*when, 0)[:5]
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


def session_at(*when: int, **more: Any) -> TrainingSession:
    return TrainingSessionFactory(title="Alt text", starts_at=in_london(*when), **more)


def test_a_booking_is_told_once_with_the_session_for_the_calendar() -> None:
    session = session_at(2026, 3, 17, 10, notes="Bring a picture.")
    booking = booked(session, anna())
    assert sent() == ["anna: You have a place: Alt text"]
    method, event = entry_of(mail.outbox[0])
    assert method == "REQUEST"
    assert event["uid"] == f"training-booking-{booking.pk}@{settings.BASE_HOST}"
    assert event["sequence"] == 0
    assert event["attendee"] == "mailto:anna@wealdmoor.example"
    assert event["organizer"] == "mailto:social@localhost"
    assert "Bring a picture." in mail.outbox[0].body
    assert "17 March 2026 at 10am to 11am" in mail.outbox[0].body
    assert sent() == []


def test_who_waits_is_told_so_without_an_entry_and_then_given_the_place() -> None:
    session = session_at(2026, 3, 17, 10, places=1, online_link="https://meet.example/secret")
    first = booked(session)
    booked(session, anna())
    letters = sent()
    assert letters[1] == "anna: You are on the waiting list: Alt text"
    assert mail.outbox[1].attachments == []
    assert "meet.example" not in mail.outbox[1].body
    cancel_booking(by=first.person, booking=first)
    assert sent()[1] == "anna: A place became free for you: Alt text"
    assert entry_of(mail.outbox[0])[0] == "CANCEL"
    assert entry_of(mail.outbox[1])[0] == "REQUEST"
    assert "meet.example" in mail.outbox[1].body


def test_a_new_time_or_place_is_told_to_everybody_and_the_sequence_rises() -> None:
    by, session = runner(), session_at(2026, 3, 17, 10, places=1)
    booked(session, anna()), booked(session, UserFactory(email="ben@wealdmoor.example"))
    sent()
    later = session.starts_at + timedelta(hours=2)
    change_session(
        by=by,
        session=session,
        facts=facts_of(session, starts_at=later, ends_at=later + timedelta(hours=1)),
    )
    assert sent() == ["anna: Changed: Alt text", "ben: Changed: Alt text"]
    method, event = entry_of(mail.outbox[0])
    assert (method, event["sequence"]) == ("REQUEST", 1)
    assert event.decoded("dtstart") == later
    assert mail.outbox[1].attachments == []
    assert sent() == []


def test_another_title_is_not_told_but_rises_the_sequence() -> None:
    session = session_at(2026, 3, 17, 10)
    booking = booked(session, anna())
    sent()
    change_session(by=runner(), session=session, facts=facts_of(session, title="Alt texts"))
    assert sent() == []
    booking = Booking.objects.select_related("session", "person").get(pk=booking.pk)
    [event] = Calendar.from_ical(invitation(booking, Method.REQUEST)).walk("VEVENT")
    assert event["sequence"] == 1


def test_two_changes_before_a_letter_are_one_letter_even_with_a_small_one_after() -> None:
    by, session = runner(), session_at(2026, 3, 17, 10)
    booked(session, anna())
    sent()
    for facts in ({"place": "Room 4"}, {"place": "Room 5"}, {"title": "Alt texts"}):
        session.refresh_from_db()
        change_session(by=by, session=session, facts=facts_of(session, **facts))
    assert sent() == ["anna: Changed: Alt texts"]
    assert "Room 5" in mail.outbox[0].body
    assert entry_of(mail.outbox[0])[1]["sequence"] == 3


def test_a_session_that_is_called_off_is_told_with_the_reason_and_taken_back() -> None:
    session = session_at(2026, 3, 17, 10)
    booking = booked(session, anna())
    sent()
    cancel_session(by=runner(), session=session, reason="The trainer is ill.")
    assert sent() == ["anna: Cancelled: Alt text"]
    assert "The trainer is ill." in mail.outbox[0].body
    method, event = entry_of(mail.outbox[0])
    assert (method, event["status"], event["sequence"]) == ("CANCEL", "CANCELLED", 1)
    assert event["uid"] == f"training-booking-{booking.pk}@{settings.BASE_HOST}"


def test_who_gave_up_before_the_letter_went_is_not_told_that_they_have_a_place() -> None:
    session = session_at(2026, 3, 17, 10)
    booking = booked(session, anna())
    cancel_booking(by=booking.person, booking=booking)
    assert sent() == ["anna: Your booking is cancelled: Alt text"]


def test_who_cancelled_for_somebody_is_named() -> None:
    session, by = session_at(2026, 3, 17, 10), runner()
    booking = book(by=by, person=anna(), session=session)
    cancel_booking(by=by, booking=booking)
    sent()
    assert f"cancelled, by {by.name}" in mail.outbox[0].body


def test_nobody_who_has_left_is_written_to() -> None:
    booked(session_at(2026, 3, 17, 10), anna())
    yesterday = timezone.localdate() - timedelta(days=1)
    User.objects.filter(name="Anna").update(employed_until=yesterday)
    assert sent() == []
    assert not SessionLetter.objects.filter(mailed_at=None).exists()


def test_what_the_mail_server_refuses_is_tried_again() -> None:
    booked(session_at(2026, 3, 17, 10), anna())
    refuses = mock.patch.object(mail.EmailMessage, "send", side_effect=SMTPServerDisconnected)
    with refuses:
        mail_session_letters()
    assert sent() == ["anna: You have a place: Alt text"]


def test_a_letter_during_which_the_process_ended_is_not_sent_twice() -> None:
    booked(session_at(2026, 3, 17, 10), anna())
    with (
        mock.patch.object(mail.EmailMessage, "send", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        mail_session_letters()
    assert sent() == []


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_send_each_letter_once() -> None:
    for _ in range(3):
        booked(TrainingSessionFactory())
    SessionLetter.objects.update(mailed_at=None)
    mail.outbox.clear()
    at_once(*[mail_session_letters] * 4)
    assert len(mail.outbox) == 3


class TestTheDayBefore:
    @pytest.fixture(autouse=True)
    def _booked_last_week(self, clock: time_machine.Traveller) -> None:
        self.clock = clock
        self.session = session_at(2026, 3, 17, 10)
        self.booking = booked(self.session, anna())
        sent()

    def round_at(self, *when: int) -> list[str]:
        mail.outbox.clear()
        self.clock.move_to(in_london(*when), tick=False)
        go_round()
        return [str(each.subject) for each in mail.outbox]

    def test_one_letter_however_often_the_round_goes(self) -> None:
        assert self.round_at(2026, 3, 15, 12) == []
        assert self.round_at(2026, 3, 16, 7, 59) == []
        assert self.round_at(2026, 3, 16, 8) == ["Tomorrow: Alt text"]
        assert self.round_at(2026, 3, 16, 9) == []
        assert self.round_at(2026, 3, 17, 8) == []

    def test_none_where_it_was_booked_on_that_day(self) -> None:
        self.clock.move_to(datetime(2026, 3, 16, 7, tzinfo=LONDON), tick=False)
        booked(self.session, UserFactory(email="late@wealdmoor.example"))
        assert self.round_at(2026, 3, 16, 12) == [
            "You have a place: Alt text",
            "Tomorrow: Alt text",
        ]

    def test_none_for_who_gave_up_or_waits_or_for_what_is_off(self) -> None:
        cancel_booking(by=self.booking.person, booking=self.booking)
        sent()
        assert self.round_at(2026, 3, 16, 12) == []

    def test_another_one_where_it_was_put_off(self) -> None:
        assert self.round_at(2026, 3, 16, 12) == ["Tomorrow: Alt text"]
        later = self.session.starts_at + timedelta(days=7)
        facts = facts_of(self.session, starts_at=later, ends_at=later + timedelta(hours=1))
        change_session(by=runner(), session=self.session, facts=facts)
        sent()
        assert self.round_at(2026, 3, 23, 12) == ["Tomorrow: Alt text"]


@pytest.mark.parametrize(
    ("when", "offset", "in_utc"),
    [
        ((2026, 3, 28, 10), "0000", "10:00"),
        ((2026, 3, 29, 10), "0100", "09:00"),
        ((2026, 10, 24, 10), "0100", "09:00"),
        ((2026, 10, 25, 10), "0000", "10:00"),
    ],
)
def test_calendars_show_london_s_time_on_both_sides_of_both_changes(
    when: tuple[int, ...], offset: str, in_utc: str
) -> None:
    session = session_at(*when)
    file = entry_to_download(session, None, with_all=True)
    found = Calendar.from_ical(file)
    event: Any
    zone: Any
    [event], [zone] = found.walk("VEVENT"), found.walk("VTIMEZONE")
    assert event["dtstart"].params["TZID"] == zone["tzid"] == "Europe/London"
    local = in_london(*when)
    assert event["dtstart"].to_ical() == f"{local:%Y%m%dT%H%M%S}".encode()
    assert f"{session.starts_at.astimezone(ZoneInfo('UTC')):%H:%M}" == in_utc
    # By the rules that the file itself brings, for a program that knows no zones.
    own = zone.to_tz(lookup_tzid=False)
    assert f"{local.replace(tzinfo=own):%z}"[1:] == offset


def test_the_file_to_download_is_the_same_entry_as_the_letter_s() -> None:
    booking = booked(session_at(2026, 3, 17, 10, notes="Bring a picture."), anna())
    [letter] = Calendar.from_ical(invitation(booking, Method.REQUEST)).walk("VEVENT")
    file = entry_to_download(booking.session, booking, with_all=False)
    [entry] = Calendar.from_ical(file).walk("VEVENT")
    assert entry["uid"] == letter["uid"]
    assert b"METHOD:PUBLISH" in file
    assert "Bring a picture." in str(letter["description"])
    assert "Bring a picture." not in str(entry["description"])
