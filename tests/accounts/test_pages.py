"""The pages of the register, of people and of oneself: who gets them, what they say and cost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import panels
from accounts.access import account_roles, corporate_roles
from accounts.actions.credentials import store
from accounts.models import AccountState, SocialAccount, User
from accounts.panels import Panel
from accounts.permissions import AccountRole, CorporateRole
from tests.accounts.platform import GOOD
from tests.factories import (
    AccountFactory,
    AccountGrantFactory,
    CorporateGrantFactory,
    ServiceAreaFactory,
    UserFactory,
    communications_officer,
    digital_officer,
    drafter_of,
    person,
)
from tests.visiting import as_person, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_platform")]

TODAY = timezone.localdate


def test_everybody_who_works_here_reads_the_register() -> None:
    AccountFactory(name="Wealdmoor Libraries")

    answer = as_person(UserFactory()).get(reverse("accounts"))

    assert answer.status_code == 200
    assert "Wealdmoor Libraries" in text_of(answer)
    assert (
        Client().get(reverse("accounts")).headers["Location"].startswith(reverse("account_login"))
    )


def test_the_register_asks_the_same_number_of_queries_for_any_number() -> None:
    client = as_person(UserFactory())
    counts = []
    for number in (2, 18):
        for _ in range(number):
            account = AccountFactory(platform="fake", deputy=UserFactory())
            store(by=None, account=account, credential=GOOD)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("accounts"))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 14


def test_the_register_never_reads_a_ciphertext() -> None:
    store(by=None, account=AccountFactory(platform="fake"), credential=GOOD)

    with CaptureQueriesContext(connection) as queries:
        as_person(UserFactory()).get(reverse("accounts"))

    assert not any('"ciphertext"' in query["sql"] for query in queries)


def test_the_register_goes_on_over_pages() -> None:
    for number in range(30):
        AccountFactory(name=f"Account {number:02}")
    client = as_person(UserFactory())

    first = client.get(reverse("accounts"))
    (address,) = re.findall(r'href="(\?[^"]*after=[^"]*)"', first.content.decode())
    second = client.get(reverse("accounts") + address.replace("&amp;", "&"))

    assert "Account 24" in text_of(first)
    assert "Account 25" not in text_of(first)
    assert "Account 25" in text_of(second)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("words=librar", {"Libraries"}),
        ("words=@weald+lib", {"Libraries"}),
        ("platform=fake", {"Museum"}),
        ("state=suspended", {"Museum"}),
        ("state=suspended&platform=x", set()),
        ("mine=on", {"Libraries"}),
        ("words=", {"Libraries", "Museum"}),
    ],
)
def test_the_register_is_narrowed_down(query: str, found: set[str]) -> None:
    me = UserFactory()
    AccountFactory(name="Libraries", handle="WealdLib", owner=me)
    AccountFactory(name="Museum", platform="fake", state=AccountState.SUSPENDED)

    text = text_of(as_person(me).get(f"{reverse('accounts')}?{query}"))

    assert {name for name in ("Libraries", "Museum") if f" {name} " in text} == found
    assert ("No accounts match" in text) is (not found)


def test_an_area_s_filter_reaches_below() -> None:
    top = ServiceAreaFactory(name="Community")
    AccountFactory(name="Libraries", service_area=ServiceAreaFactory(name="Lending", parent=top))
    AccountFactory(name="Highways account")

    text = text_of(as_person(UserFactory()).get(f"{reverse('accounts')}?service_area={top.pk}"))

    assert "Libraries" in text
    assert "Highways account" not in text


@pytest.mark.parametrize("query", ["state=burnt", "platform=myspace", "service_area=x", "after=%%"])
def test_a_forged_filter_is_answered_plainly(query: str) -> None:
    AccountFactory()

    assert as_person(UserFactory()).get(f"{reverse('accounts')}?{query}").status_code == 200


def test_an_account_s_page_says_what_stands_in_the_way() -> None:
    account = AccountFactory(platform="fake", risk=None, state=AccountState.SUSPENDED)

    text = text_of(as_person(UserFactory()).get(reverse("account", args=[account.pk])))

    assert "What stands in the way of publishing" in text
    assert "The account is not live: it is suspended." in text
    assert "The risk is not assessed." in text
    assert "The account is not connected to the platform." in text


def test_an_account_s_page_says_who_may_do_what() -> None:
    account = AccountFactory(platform="fake", deputy=UserFactory(name="Dep Uty"))
    AccountGrantFactory(user=UserFactory(name="Dr After"), account=account)
    left = UserFactory(name="Gone Away", employed_until=TODAY() - timedelta(days=1))
    AccountGrantFactory(user=left, account=account)
    store(by=None, account=account, credential=GOOD, remote_name="@real")

    text = text_of(as_person(UserFactory()).get(reverse("account", args=[account.pk])))

    assert "Nothing stands in the way" in text
    assert re.search(r"Dr After .*Drafter .*Write posts, see mentions", text)
    assert "Dep Uty" in text
    assert "Gone Away" not in text
    assert "Signed in as @real" in text
    assert "connected" in text
    assert "t0ken" not in text


def test_other_apps_show_their_panels(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Panel("What is scheduled", "accounts/pages.html", {})
    monkeypatch.setattr(panels, "_makers", [lambda account, reader: shown, lambda a, r: None])

    text = text_of(as_person(UserFactory()).get(reverse("account", args=[AccountFactory().pk])))

    assert "What is scheduled" in text


def test_an_account_that_does_not_exist_is_not_found() -> None:
    assert as_person(UserFactory()).get(reverse("account", args=[999])).status_code == 404


def test_the_profile_says_what_one_may_do_and_why_not() -> None:
    account = AccountFactory(name="Libraries")
    user = drafter_of(account, name="Dr After", manager=UserFactory(name="Ma Nager"))

    text = text_of(as_person(user).get(reverse("profile")))

    assert "Ma Nager" in text
    assert "Libraries (X @" in text
    assert "Write posts" in text
    assert "No role gives the right to approve posts. Who can help: the digital team." in text


def test_the_profile_of_somebody_untrained_names_the_course() -> None:
    person()
    user = communications_officer()
    user.completions.all().delete()

    text = text_of(as_person(user).get(reverse("profile")))

    assert "The course “Running a council account” is not done." in text


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


def test_a_posted_change_looks_at_rights_as_they_are_now(admin: User) -> None:
    """The middleware's copy of the rights is for reading only."""
    other, someone = digital_officer(), UserFactory()
    client = as_person(other)
    client.get(reverse("people"))
    other.corporate_grants.update(ended_at=timezone.now())

    answer = client.post(
        reverse("corporate_role_new", args=[someone.pk]), {"role": "hr", "reason": "Late"}
    )

    assert answer.status_code == 403
    assert not someone.corporate_grants.exists()


def test_no_state_is_forced_on_an_account_by_an_address() -> None:
    account: SocialAccount = AccountFactory()
    client = as_person(UserFactory())

    client.post(reverse("account", args=[account.pk]), {"state": "closed"})

    account.refresh_from_db()
    assert account.state == AccountState.LIVE
