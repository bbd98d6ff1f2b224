"""The pages of the register and of oneself: who gets them, what they say and cost."""

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
from accounts.actions.credentials import store
from accounts.models import AccountState, SocialAccount
from accounts.panels import Panel
from tests.accounts.platform import GOOD
from tests.factories import (
    AccountFactory,
    AccountGrantFactory,
    ServiceAreaFactory,
    UserFactory,
    communications_officer,
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


def test_no_state_is_forced_on_an_account_by_an_address() -> None:
    account: SocialAccount = AccountFactory()
    client = as_person(UserFactory())

    client.post(reverse("account", args=[account.pk]), {"state": "closed"})

    account.refresh_from_db()
    assert account.state == AccountState.LIVE
