"""Marking who came, and the completion that it keeps."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.access import NotAllowed
from accounts.models import User
from audit.catalogue import Event
from audit.models import Entry
from pages.days import months_after
from tests.at_once import at_once
from tests.factories import CourseFactory, UserFactory, communications_officer, person
from tests.training.sessions.making import (
    TrainingSessionFactory,
    begun,
    booked,
    fresh,
    runner,
)
from training.actions.completions import record_completion, withdraw_completion
from training.actions.session_attendance import mark, mark_all_attended, undo
from training.models import Booking, BookingState, CompletedBy, Completion, Course

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> Course:
    return CourseFactory(slug="face-to-face", title="Face to face", valid_months=12)


def coming(course: Course | None, number: int = 1) -> list[Booking]:
    """Booked for a session that has begun."""
    session = TrainingSessionFactory(course=course, places=9)
    bookings = [booked(session) for _ in range(number)]
    begun(session)
    return bookings


def completions_of(user: User) -> list[Completion]:
    return list(Completion.objects.on_record().filter(user=user))


def test_coming_completes_the_course_from_the_day_of_the_session(course: Course) -> None:
    by, [booking] = runner(), coming(course)
    mark(by=by, booking=booking, came=True)
    [kept] = completions_of(booking.person)
    today = timezone.localdate(fresh(booking).session.starts_at)
    assert kept.course == course
    assert kept.by == CompletedBy.SESSION
    assert (kept.completed_on, kept.expires_on) == (today, months_after(today, 12))
    assert kept.recorded_by == by
    assert fresh(booking).completion == kept
    events = Entry.objects.order_by("-sequence").values_list("event", flat=True)
    assert list(events[:2]) == [Event.SESSION_ATTENDED, Event.COURSE_COMPLETED]


def test_not_coming_completes_nothing(course: Course) -> None:
    [booking] = coming(course)
    mark(by=runner(), booking=booking, came=False)
    assert completions_of(booking.person) == []
    assert fresh(booking).state == BookingState.ABSENT


def test_nothing_is_marked_before_it_begins(course: Course) -> None:
    booking = booked(TrainingSessionFactory(course=course))
    by = runner()
    with pytest.raises(ValidationError, match="has begun"):
        mark(by=by, booking=booking, came=True)
    with pytest.raises(ValidationError, match="has begun"):
        mark_all_attended(by=by, session=booking.session)
    assert Completion.objects.filter(user=booking.person).count() == 0


def test_a_second_mark_keeps_no_second_completion(course: Course) -> None:
    by, [booking] = runner(), coming(course)
    mark(by=by, booking=booking, came=True)
    with pytest.raises(ValidationError):
        mark(by=by, booking=booking, came=True)
    with pytest.raises(ValidationError, match="marked already"):
        mark_all_attended(by=by, session=booking.session)
    assert len(completions_of(booking.person)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_mark_at_once_keep_one_completion() -> None:
    course = CourseFactory(slug="face-to-face", title="Face to face", valid_months=12)
    by, bookings = runner(), coming(course, 3)
    session = bookings[0].session
    at_once(
        lambda: mark_all_attended(by=by, session=session),
        lambda: mark(by=by, booking=bookings[0], came=True),
        lambda: mark_all_attended(by=by, session=session),
        refusals=ValidationError,
    )
    assert [len(completions_of(each.person)) for each in bookings] == [1, 1, 1]


def test_everybody_else_attended(course: Course) -> None:
    by, bookings = runner(), coming(course, 3)
    mark(by=by, booking=bookings[0], came=False)
    assert mark_all_attended(by=by, session=bookings[0].session) == 2
    assert [len(completions_of(each.person)) for each in bookings] == [0, 1, 1]


def test_whoever_waited_is_not_marked_with_the_others(course: Course) -> None:
    session = TrainingSessionFactory(course=course, places=1)
    first, second = booked(session), booked(session)
    assert mark_all_attended(by=runner(), session=begun(session)) == 1
    assert [fresh(first).state, fresh(second).state] == ["attended", "on_waiting_list"]


def test_taking_it_back_withdraws_the_completion_and_coming_again_keeps_another(
    course: Course,
) -> None:
    # Communications run sessions, and keep no training records of other kinds.
    by, [booking] = communications_officer(), coming(course)
    mark(by=by, booking=booking, came=True)
    undo(by=by, booking=booking, reason="It was somebody else")
    assert completions_of(booking.person) == []
    withdrawn = Completion.objects.get(user=booking.person)
    assert withdrawn.withdrawn_because == "It was somebody else"
    assert fresh(booking).completion is None
    mark(by=by, booking=booking, came=True)
    assert len(completions_of(booking.person)) == 1


def test_taking_it_back_withdraws_nothing_twice(course: Course) -> None:
    by, [booking] = runner(), coming(course)
    mark(by=by, booking=booking, came=True)
    withdraw_completion(by=by, completion=completions_of(booking.person)[0], reason="Not learnt")
    undo(by=by, booking=booking, reason="It was somebody else")
    assert Completion.objects.get(user=booking.person).withdrawn_because == "Not learnt"


def test_what_is_on_record_for_that_day_is_not_kept_again(course: Course) -> None:
    by, [booking] = runner(), coming(course)
    day = timezone.localdate(fresh(booking).session.starts_at)
    record_completion(by=by, person=booking.person, course=course, completed_on=day)
    mark(by=by, booking=booking, came=True)
    assert len(completions_of(booking.person)) == 1
    undo(by=by, booking=booking, reason="It was somebody else")
    assert len(completions_of(booking.person)) == 1, "HR’s own record stands"


def test_a_session_without_a_course_completes_nothing() -> None:
    [booking] = coming(None)
    mark(by=runner(), booking=booking, came=True)
    assert completions_of(booking.person) == []


def test_only_those_who_run_sessions_mark(course: Course) -> None:
    [booking] = coming(course)
    for by in (booking.person, person(), UserFactory()):
        with pytest.raises(NotAllowed):
            mark(by=by, booking=booking, came=True)
        with pytest.raises(NotAllowed):
            mark_all_attended(by=by, session=booking.session)
    mark(by=runner(), booking=booking, came=True)
    for by in (booking.person, person(), UserFactory()):
        with pytest.raises(NotAllowed):
            undo(by=by, booking=booking, reason="They did not come.")


def test_late_at_night_it_counts_for_the_day_on_which_it_began(course: Course) -> None:
    [booking] = coming(course)
    begun(booking.session, timedelta(hours=30))
    mark(by=runner(), booking=booking, came=True)
    began = timezone.localdate(timezone.now() - timedelta(hours=30))
    assert completions_of(booking.person)[0].completed_on == began
