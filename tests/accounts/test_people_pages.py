"""The pages about people and their roles: who gets them, what they say and cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.access import account_roles, corporate_roles
from accounts.models import User
from accounts.permissions import AccountRole, CorporateRole
from tests.factories import (
    AccountFactory,
    CorporateGrantFactory,
    ServiceAreaFactory,
    UserFactory,
    person,
)
from tests.visiting import as_person, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_platform")]

TODAY = timezone.localdate

PAGES = ["people", "person_new", "person", "person_change", "person_leave", "person_return",
         "corporate_role_new", "account_role_new"]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [None, *CorporateRole])
def test_people_are_the_digital_team_s_business(page: str, role: CorporateRole | None) -> None:
    someone = UserFactory()
    arguments = [] if page in ("people", "person_new") else [someone.pk]
    granted = None if role == CorporateRole.MEMBER_OF_STAFF else role

    answer = as_person(person(granted)).get(reverse(page, args=arguments))

    assert answer.status_code == (200 if role == CorporateRole.DIGITAL_TEAM else 403)
    if answer.status_code == 403:
        assert "No role gives the right to manage people and roles." in text_of(answer)
        assert "the digital team" in text_of(answer)


@pytest.mark.parametrize("page", PAGES[2:])
def test_a_person_who_does_not_exist_is_not_found(page: str, admin: User) -> None:
    assert as_person(admin).get(reverse(page, args=[999])).status_code == 404


def test_the_list_of_people_asks_the_same_number_of_queries_for_any_number(admin: User) -> None:
    client = as_person(admin)
    counts = []
    for number in (2, 15):
        for _ in range(number):
            CorporateGrantFactory(user=UserFactory(service_area=ServiceAreaFactory()))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("people"))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 14


def test_leavers_are_listed_when_asked_for(admin: User) -> None:
    UserFactory(name="Gone Away", employed_until=TODAY() - timedelta(days=1))
    client = as_person(admin)

    assert "Gone Away" not in text_of(client.get(reverse("people")))
    assert "Gone Away" in text_of(client.get(reverse("people") + "?left=on"))
    assert "Gone Away" not in text_of(client.get(reverse("people") + "?role=hr&left=on"))


def test_a_person_is_added_and_changed(admin: User) -> None:
    client = as_person(admin)
    facts = {"name": "Ann Ode", "email": "ann@example.org", "job_title": "Clerk"}

    added = client.post(reverse("person_new"), facts, follow=True)
    ann = User.objects.get(email="ann@example.org")
    client.post(reverse("person_change", args=[ann.pk]), {**facts, "job_title": "Librarian"})

    assert "Added." in text_of(added)
    ann.refresh_from_db()
    assert ann.job_title == "Librarian"


def test_what_was_typed_is_kept_when_it_is_refused(admin: User) -> None:
    UserFactory(email="taken@example.org", name="Ta Ken")

    answer = as_person(admin).post(
        reverse("person_new"), {"name": "Ann Ode", "email": "taken@example.org"}
    )

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "<title>Error: Add a person" in page
    assert "Ta Ken has the e-mail address taken@example.org." in text_of(answer)
    assert 'href="#id_email"' in page
    assert 'value="Ann Ode"' in page


def test_roles_are_given_and_taken_on_the_page(admin: User) -> None:
    client, someone, account = as_person(admin), UserFactory(), AccountFactory()

    client.post(
        reverse("corporate_role_new", args=[someone.pk]), {"role": "hr", "reason": "New in HR"}
    )
    client.post(
        reverse("account_role_new", args=[someone.pk]),
        {
            "account": account.pk,
            "role": "approver",
            "reason": "Deputises",
            "ends_on": f"{TODAY() + timedelta(days=30):%d/%m/%Y}",
        },
    )

    assert CorporateRole.HR in corporate_roles(someone)
    assert account_roles(someone, account) == {AccountRole.APPROVER}
    page = text_of(client.get(reverse("person", args=[someone.pk])))
    assert "Deputises" in page

    for kind, grant in (
        ("corporate_role_end", someone.corporate_grants.get()),
        ("account_role_end", someone.account_grants.get()),
    ):
        address = reverse(kind, args=[someone.pk, grant.pk])
        assert "Take a role away" in text_of(client.get(address))
        client.post(address, {"reason": "No longer needed"})
        assert client.get(address).status_code == 404
    assert corporate_roles(someone) == {CorporateRole.MEMBER_OF_STAFF}
    assert account_roles(someone, account) == frozenset()


def test_a_grant_is_not_taken_under_somebody_else_s_name(admin: User) -> None:
    grant = CorporateGrantFactory()

    address = reverse("corporate_role_end", args=[UserFactory().pk, grant.pk])

    assert as_person(admin).post(address, {"reason": "Forged"}).status_code == 404
    grant.refresh_from_db()
    assert grant.ended_at is None


def test_a_role_nobody_gives_to_themselves(admin: User) -> None:
    client = as_person(admin)

    answer = client.post(
        reverse("corporate_role_new", args=[admin.pk]),
        {"role": "communications_officer", "reason": "I want to approve"},
    )

    assert answer.status_code == 422
    assert "Nobody gives a role to themselves" in text_of(answer)
    assert "Give a corporate role" not in text_of(client.get(reverse("person", args=[admin.pk])))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"role": "hr"}, "Enter a reason."),
        ({"reason": "Yes"}, "Choose a role."),
        ({"role": "emperor", "reason": "Yes"}, "emperor is not one of the available choices"),
        ({"role": "hr", "reason": "Yes", "ends_on": "31/02/2027"}, "Enter a real date"),
        ({"role": "hr", "reason": "Yes", "ends_on": "01/01/2020"}, "must be today or later"),
    ],
)
def test_a_bad_role_form_says_what_to_do(admin: User, data: dict[str, str], said: str) -> None:
    someone = UserFactory()

    answer = as_person(admin).post(reverse("corporate_role_new", args=[someone.pk]), data)

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not someone.corporate_grants.exists()


def test_employment_ends_on_the_page_and_begins_again(admin: User) -> None:
    client, someone = as_person(admin), person(CorporateRole.HR)
    yesterday = TODAY() - timedelta(days=1)

    client.post(
        reverse("person_leave", args=[someone.pk]),
        {"last_day": f"{yesterday:%d/%m/%Y}", "reason": "Retired"},
    )
    someone.refresh_from_db()
    assert not someone.is_employed()
    assert "cannot sign in" in text_of(client.get(reverse("person", args=[someone.pk])))

    client.post(reverse("person_return", args=[someone.pk]), {"reason": "Came back"})
    someone.refresh_from_db()
    assert someone.is_employed()


def test_the_last_of_the_digital_team_is_told_why_they_stay(admin: User) -> None:
    answer = as_person(admin).post(
        reverse("person_leave", args=[admin.pk]),
        {"last_day": f"{TODAY():%d/%m/%Y}", "reason": "Leaving"},
    )

    assert answer.status_code == 422
    assert "the last member of the digital team" in text_of(answer)
