"""A full session: who waits gets the place of another, comes, and has completed the course."""

from __future__ import annotations

import pytest
from django.core import mail

from accounts.permissions import CorporateRole
from tests.factories import CourseFactory, person
from tests.journeys.conftest import NewVisitor
from tests.journeys.looking import violations
from tests.training.sessions.making import TrainingSessionFactory, begun, booked
from training.models import Completion, TrainingSession
from training.sessions.letters import mail_session_letters

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_from_the_waiting_list_to_the_completion(script: bool, visitor: NewVisitor) -> None:
    first, second = person(name="Fay First"), person(name="Sol Second")
    course = CourseFactory(slug="pictures", title="Pictures for everyone", needed_to_write=False)
    session = TrainingSessionFactory(title="Alt text in a day", course=course, places=1)
    booked(session, first)
    waiting = visitor(script=script).is_signed_in_as(second)
    leaving = visitor(script=script).is_signed_in_as(first)

    waiting.open("/training/sessions/")
    waiting.press("Alt text in a day")
    assert "1 of 1 taken" in waiting.words
    waiting.press("Join the waiting list")
    assert "The next place that becomes free is yours" in waiting.words

    leaving.open("/training/sessions/")
    leaving.press("Alt text in a day")
    leaving.press("Cancel your booking")
    leaving.press("Cancel booking")
    assert "The booking is cancelled" in leaving.words

    mail.outbox.clear()
    mail_session_letters()
    given = [letter for letter in mail.outbox if letter.to == [second.email]]
    assert [letter.subject for letter in given] == [
        "A place became free for you: Alt text in a day"
    ]
    waiting.open("/")
    assert "Your next training session: Alt text in a day" in waiting.words
    waiting.open(f"/training/sessions/{session.pk}/")
    assert "You have a place in this session." in waiting.words

    begun(TrainingSession.objects.get())
    runner = visitor(script=script).is_signed_in_as(person(CorporateRole.HR))
    runner.open(f"/training/sessions/{session.pk}/")
    runner.press("Attendance list")
    runner.press("Attended Sol Second")
    assert "1 attended" in runner.words
    completion = Completion.objects.get(user=second, course=course)
    assert completion.withdrawn_at is None
    waiting.open(f"/training/sessions/{session.pk}/")
    assert "You attended this session." in waiting.words
    if script:
        assert violations(waiting) == violations(runner) == []

    runner.press("Take back what is marked of Sol Second")
    runner.page.get_by_label("Reason").fill("It was somebody else")
    runner.press("Take back")
    completion.refresh_from_db()
    assert completion.withdrawn_because == "It was somebody else"


def test_somebody_plans_a_session_and_is_told_what_cannot_be(visitor: NewVisitor) -> None:
    planner = visitor().is_signed_in_as(person(CorporateRole.HR))
    page = planner.page
    planner.open("/training/sessions/")
    # The link of the empty list says the same.
    planner.press("Plan a session")
    page.get_by_label("Title").fill("Plain English")
    page.get_by_label("Day", exact=True).fill("29/3/2099")
    page.get_by_label("Starts").fill("1:30am")
    page.get_by_label("Ends").fill("noon")
    page.get_by_label("Number of places").fill("12")
    page.locator("#id_place").fill("Room 3")
    planner.press("Plan session")
    assert "does not exist" in planner.words
    assert violations(planner) == []
    assert page.get_by_label("Title").input_value() == "Plain English"
    page.get_by_label("Starts").fill("10am")
    planner.press("Plan session")
    assert "29 March 2099 at 10am to 12pm" in planner.words
