"""My training, a policy, and the records for HR and line managers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import CorporateRole
from tests.factories import (
    AccountFactory,
    CourseFactory,
    PolicyVersionFactory,
    UserFactory,
    drafter_of,
    person,
    trained,
)
from tests.visiting import as_person, text_of
from training.models import Acknowledgement, Completion
from training.standing import learning_due

pytestmark = pytest.mark.django_db


def test_nothing_to_learn_yet() -> None:
    text = text_of(as_person(UserFactory()).get(reverse("training")))

    assert "No courses yet" in text
    assert "No policies yet" in text


def test_somebody_trained_is_up_to_date() -> None:
    assert "You are up to date." in text_of(as_person(person()).get(reverse("training")))


def test_what_is_missing_or_runs_out_stands_at_the_top() -> None:
    user = drafter_of(AccountFactory())
    soon = timezone.localdate() + timedelta(days=9)
    Completion.objects.filter(user=user).update(expires_on=soon, counts_until=soon)
    Acknowledgement.objects.filter(user=user).delete()

    text = text_of(as_person(user).get(reverse("training")))

    due, courses = text.split("What is due")[1].split("Courses", 1)
    assert "Social media policy Not done You cannot post until it is done." in due
    assert f"Running a council account Expires soon Good until {soon:%-d %B %Y}." in due
    assert due.index("Social media policy") < due.index("Running a council account")
    assert "Good until" in courses


def test_only_whoever_posts_is_asked_to_learn() -> None:
    CourseFactory()
    drafter = drafter_of(AccountFactory())
    Completion.objects.filter(user=drafter).delete()

    assert learning_due(UserFactory()) == []
    assert [str(each.thing) for each in learning_due(drafter)] == ["Running a council account"]


def test_a_policy_is_read_and_acknowledged() -> None:
    version, user = PolicyVersionFactory(), UserFactory()
    client, address = as_person(user), reverse("policy", args=[version.document.slug])

    page = client.get(address)
    assert "Be kind, be accurate, ask if unsure." in text_of(page)
    unticked = client.post(address, {"version": version.pk})
    assert unticked.status_code == 422
    assert "Tick the box" in text_of(unticked)
    client.post(address, {"version": version.pk, "read": "on"})
    client.post(address, {"version": version.pk, "read": "on"})

    assert Acknowledgement.objects.get().user == user
    assert "You have acknowledged this version." in text_of(client.get(address))


def test_a_version_that_changed_while_it_was_read_is_not_acknowledged() -> None:
    version, user = PolicyVersionFactory(), UserFactory()
    address = reverse("policy", args=[version.document.slug])
    PolicyVersionFactory(
        document=version.document, number=2, text="Stricter.", in_force_from=timezone.localdate()
    )

    answer = as_person(user).post(address, {"version": version.pk, "read": "on"})

    assert answer.status_code == 409
    assert "is not in force" in text_of(answer)
    assert "Stricter." in text_of(answer)
    assert not Acknowledgement.objects.exists()


def test_the_next_press_after_that_acknowledges_the_new_version() -> None:
    old, user = PolicyVersionFactory(), UserFactory()
    new = PolicyVersionFactory(document=old.document, number=2, in_force_from=timezone.localdate())
    client, address = as_person(user), reverse("policy", args=[old.document.slug])

    answer = client.post(address, {"version": old.pk, "read": "on"})

    assert f'name="version" value="{new.pk}"' in answer.content.decode()


def test_a_policy_that_does_not_exist_is_not_found() -> None:
    assert as_person(UserFactory()).get(reverse("policy", args=["none"])).status_code == 404


@pytest.mark.parametrize("role", [None, *CorporateRole])
def test_records_are_for_hr_and_line_managers(role: CorporateRole | None) -> None:
    granted = None if role == CorporateRole.MEMBER_OF_STAFF else role
    client = as_person(person(granted))
    expected = 200 if role == CorporateRole.HR else 403

    assert client.get(reverse("training_records")).status_code == expected
    assert client.get(reverse("training_record_new")).status_code == expected


def test_a_line_manager_sees_their_own_team_only() -> None:
    manager = person()
    trained(UserFactory(name="Mem Ber", manager=manager))
    trained(UserFactory(name="Stran Ger"))
    client = as_person(manager)

    text = text_of(client.get(reverse("training_records")))

    assert "Mem Ber" in text
    assert "Stran Ger" not in text
    assert client.get(reverse("training_record_new")).status_code == 403


def test_hr_records_a_completion_on_the_page() -> None:
    client, someone = as_person(person(CorporateRole.HR)), UserFactory(name="Ann Ode")
    course, today = CourseFactory(), timezone.localdate()
    facts = {
        "person": someone.pk,
        "course": course.pk,
        "completed_on": f"{today:%d/%m/%Y}",
        "how": "paper",
    }

    done = client.post(reverse("training_record_new"), facts, follow=True)
    again = client.post(reverse("training_record_new"), facts)

    assert "Ann Ode" in text_of(done)
    assert Completion.objects.get(user=someone).completed_on == today
    assert again.status_code == 422
    assert "already recorded" in text_of(again)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"completed_on": ""}, "Enter the day of completion."),
        ({"completed_on": "tomorrow"}, "Enter a real date"),
        ({"completed_on": "01/01/2150"}, "today or in the past"),
        ({"person": "999"}, "Choose somebody who works here."),
        ({"person": ""}, "Choose a person, or list several."),
        ({"how": ""}, "Choose where it was completed."),
        ({"course": "x"}, "Choose a course on the list."),
    ],
)
def test_a_bad_record_says_what_to_do(changed: dict[str, str], said: str) -> None:
    someone = UserFactory()
    facts = {
        "person": someone.pk,
        "course": CourseFactory().pk,
        "completed_on": f"{timezone.localdate():%d/%m/%Y}",
        "how": "paper",
        **changed,
    }

    answer = as_person(person(CorporateRole.HR)).post(reverse("training_record_new"), facts)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not someone.completions.exists()


def test_the_records_ask_the_same_number_of_queries_for_any_number() -> None:
    client = as_person(person(CorporateRole.HR))
    counts = []
    for number in (2, 15):
        for _ in range(number):
            trained(UserFactory())
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("training_records"))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 14
