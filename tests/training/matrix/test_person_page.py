"""One person's training, and taking a completion back."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.permissions import CorporateRole
from tests.factories import person
from tests.training.matrix.people import completed, somebody
from tests.visiting import as_person, text_of
from training.models import Course, LearningReminder, ReminderKind

pytestmark = pytest.mark.django_db


def address(user: User) -> str:
    return reverse("training_person", args=[user.pk])


def test_all_of_somebodys_training_is_on_one_page(course: Course) -> None:
    hr, somebody_else = person(CorporateRole.HR), somebody("Ann Ode", job_title="Librarian")
    completed(somebody_else, course, until=-5)
    LearningReminder.objects.create(
        user=somebody_else,
        course=course,
        kind=ReminderKind.BY_HAND,
        due_on=timezone.localdate(),
        sent_on=timezone.localdate(),
        asked_by=hr,
    )

    text = text_of(as_person(hr).get(address(somebody_else)))

    assert "Librarian" in text
    assert "Late expired" in text
    assert somebody_else.completions.get().reference in text
    assert "Asked for by a person" in text


def test_a_manager_opens_their_own_team_and_finds_nobody_else(course: Course) -> None:
    manager = person()
    mine, other = somebody("Mem Ber", manager=manager), somebody("Stran Ger")
    client = as_person(manager)

    assert client.get(address(mine)).status_code == 200
    assert client.get(address(other)).status_code == 404
    assert "Withdraw" not in text_of(client.get(address(mine)))


def test_hr_still_finds_the_records_of_somebody_who_left(course: Course) -> None:
    gone = somebody("Lee Ver", employed_until=timezone.localdate().replace(year=2020))

    assert "Left on" in text_of(as_person(person(CorporateRole.HR)).get(address(gone)))


def test_hr_withdraws_a_completion_with_a_reason(course: Course) -> None:
    client, ann = as_person(person(CorporateRole.HR)), somebody("Ann Ode")
    completed(ann, course, until=100)
    take_back = reverse("completion_withdraw", args=[ann.completions.get().pk])

    unsaid = client.post(take_back, {"reason": ""})
    page = text_of(client.post(take_back, {"reason": "It was somebody else’s."}, follow=True))
    again = client.post(take_back, {"reason": "Twice"})

    assert unsaid.status_code == 422
    assert "It was somebody else’s." in page
    assert "Late not started" in page
    assert again.status_code == 422
    assert "withdrawn already" in text_of(again)


def test_a_manager_is_told_at_home_who_of_the_team_is_late(course: Course) -> None:
    manager = person()
    completed(manager, course, until=90)
    somebody("Mem Ber", manager=manager)
    somebody("Stran Ger")

    text = text_of(as_person(manager).get(reverse("home")))

    assert "People of your team late with a course They may be held back from posting 1" in text


def test_hr_is_told_at_home_how_many_are_late_and_led_to_them(course: Course) -> None:
    hr = person(CorporateRole.HR)
    completed(hr, course, until=90)
    somebody("Mem Ber")
    client = as_person(hr)

    page = client.get(reverse("home"))

    assert "People late with a course Remind them, or speak with their managers 1" in text_of(page)
    (address,) = re.findall(r'href="(/training/matrix/\?state=late)"', page.content.decode())
    assert "Mem Ber" in text_of(client.get(address))
