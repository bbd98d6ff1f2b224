"""The pages of sessions: what each reader sees on them, and how often they ask the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from audit.catalogue import Event
from audit.models import Entry
from council_social.my_tasks.tasks import tasks_for
from tests.factories import CourseFactory, UserFactory, person
from tests.training.sessions.making import (
    TrainingSessionFactory,
    begun,
    booked,
    fresh,
    runner,
)
from training.actions.session_attendance import mark
from training.models import Booking, BookingState, TrainingSession

pytestmark = pytest.mark.django_db


def page(reader: User, name: str, *args: int, query: str = "") -> str:
    client = Client()
    client.force_login(reader)
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def send(by: User, name: str, *args: int, **typed: str) -> str:
    """The page that follows."""
    client = Client()
    client.force_login(by)
    return client.post(reverse(name, args=args), typed, follow=True).content.decode()


def test_the_list_says_first_what_i_have_booked() -> None:
    me = person()
    mine, other = TrainingSessionFactory(title="Mine"), TrainingSessionFactory(title="Another")
    booked(mine, me)
    shown = page(me, "training_sessions")
    assert shown.index("What you have booked") < shown.index(">Mine<") < shown.index(">Another<")
    assert "1 of 2 taken" in shown
    assert other.title not in page(me, "training_sessions_past")


def test_past_sessions_say_what_became_of_them() -> None:
    by, course = runner(), CourseFactory()
    booking = booked(TrainingSessionFactory(title="Held", course=course))
    begun(booking.session, timedelta(hours=3))
    mark(by=by, booking=booking, came=True)
    begun(TrainingSessionFactory(title="Forgotten"), timedelta(hours=3))
    shown = page(person(), "training_sessions_past")
    assert "1 of 1" in shown
    assert "Attendance not marked" in shown


def test_the_link_and_the_notes_are_for_those_who_come() -> None:
    link, notes = "https://meet.example/secret", "The door code is 4711."
    session = TrainingSessionFactory(online_link=link, notes=notes, places=1)
    me, waits = person(), person()
    assert link not in page(me, "training_session", session.pk)
    booked(session, me)
    booked(session, waits)
    for reader, sees in ((me, True), (runner(), True), (waits, False), (person(), False)):
        shown = page(reader, "training_session", session.pk)
        file = page(reader, "training_session_calendar", session.pk).replace("\r\n ", "")
        for text in (link, notes):
            assert (text in shown, text in file) == (sees, sees)


def test_a_full_session_offers_the_waiting_list_and_says_who_is_before_me() -> None:
    session, me = TrainingSessionFactory(places=1), person()
    booked(session), booked(session)
    assert "Join the waiting list" in page(me, "training_session", session.pk)
    assert "on the waiting list" in send(me, "training_session_book", session.pk)
    assert "1 person is before you" in page(me, "training_session", session.pk)


def test_a_clash_is_said_before_one_books_and_when_one_books_for_somebody() -> None:
    me, hr = person(), runner()
    mine = TrainingSessionFactory(title="First aid")
    booked(mine, me)
    same = TrainingSessionFactory(starts_at=mine.starts_at)
    warning = "also booked “First aid” at that time"
    assert warning in page(me, "training_session", same.pk)
    assert warning not in page(hr, "training_session", same.pk)
    assert warning in send(hr, "training_session_book_for", same.pk, person=str(me.pk))
    assert Booking.objects.get(session=same).person == me


def test_a_manager_books_for_the_team_and_for_nobody_else() -> None:
    manager, session = person(), TrainingSessionFactory()
    member = UserFactory(manager=manager, name="Tia Team")
    refused = send(manager, "training_session_book_for", session.pk, person=str(UserFactory().pk))
    assert "Choose somebody whom you manage." in refused
    assert "Tia Team" in send(
        manager, "training_session_book_for", session.pk, person=str(member.pk)
    )
    assert session.bookings.get().person == member


def test_what_is_told_in_markdown_is_made_safe() -> None:
    session = TrainingSessionFactory(about="## Aims\n\n<script>alert(1)</script>")
    shown = page(person(), "training_session", session.pk)
    assert '<h2 id="aims">' in shown
    assert "<script>alert" not in shown


def test_a_mark_needs_one_of_its_two_buttons() -> None:
    by, booking = runner(), booked(TrainingSessionFactory())
    begun(booking.session)
    assert "Say whether they attended" in send(by, "booking_mark", booking.pk, came="maybe")
    assert fresh(booking).state == BookingState.BOOKED
    send(by, "booking_mark", booking.pk, came="no")
    assert fresh(booking).state == BookingState.ABSENT


def test_the_list_on_paper_names_those_with_a_place() -> None:
    session = TrainingSessionFactory(places=1)
    first, second = booked(session), booked(session)
    shown = page(runner(), "session_attendance_print", session.pk)
    assert first.person.name in shown
    assert second.person.name not in shown


def test_the_file_of_attendance_is_on_record_and_harmless() -> None:
    by, session = runner(), TrainingSessionFactory()
    booked(session, UserFactory(name="=cmd()"))
    client = Client()
    client.force_login(by)
    answer = client.get(reverse("session_attendance_csv", args=[session.pk]))
    assert "'=cmd()" in b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    entry = Entry.objects.order_by("-sequence")[0]
    assert (entry.event, entry.actor_name) == (Event.ATTENDANCE_EXPORTED, by.name)


def test_home_tells_of_the_next_session_and_of_attendance_that_is_missing() -> None:
    me, by = UserFactory(), runner()
    later = TrainingSessionFactory(
        title="Later", starts_at=timezone.now() + timedelta(days=9), places=1
    )
    booked(later, me)
    booked(TrainingSessionFactory(title="Soon", places=1), me)
    waiting = UserFactory()
    booked(later, waiting)
    assert [task.text for task in tasks_for(me) if "session" in task.text] == [
        "Your next training session: Soon"
    ]
    assert not [task for task in tasks_for(waiting) if "session" in task.text]
    begun(later, timedelta(hours=3))
    assert [task.text for task in tasks_for(by) if "session" in task.text] == [
        "Training sessions without attendance"
    ]


@pytest.mark.parametrize("name", ["training_sessions", "training_sessions_past"])
def test_a_list_asks_no_more_for_many_than_for_one(
    name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client, me = Client(), runner()
    client.force_login(me)

    def one_more() -> None:
        session = TrainingSessionFactory(trainer=UserFactory(), course=CourseFactory())
        booked(session, me)
        booked(session)
        if name.endswith("past"):
            begun(session, timedelta(hours=5))

    one_more()
    address = reverse(name)
    client.get(address)
    with django_assert_max_num_queries(30) as asked:
        client.get(address)
    for _ in range(6):
        one_more()
    with django_assert_max_num_queries(len(asked)):
        answer = client.get(address)
    assert answer.content.decode().count("Pictures that everyone can use") >= 7


def test_the_attendance_list_asks_no_more_for_many_than_for_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = Client()
    client.force_login(runner())
    session = TrainingSessionFactory(places=4)
    booked(session)
    address = reverse("session_attendance", args=[session.pk])
    client.get(address)
    with django_assert_max_num_queries(30) as asked:
        client.get(address)
    for _ in range(6):
        booked(session)
    with django_assert_max_num_queries(len(asked)):
        client.get(address)
    assert TrainingSession.objects.get().bookings.count() == 7
