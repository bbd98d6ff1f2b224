"""The pages of housekeeping: what is found, of which accounts, and as a file."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.housekeeping.rules import RULES
from accounts.models import SocialAccount, User
from audit.catalogue import Event
from tests.accounts.conftest import Trail
from tests.factories import (
    AccountFactory,
    ServiceAreaFactory,
    UserFactory,
    communications_officer,
    digital_officer,
)
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
PAGE = "housekeeping"


def page(query: str = "", reader: User | None = None) -> str:
    return text_of(as_person(reader or UserFactory()).get(f"{reverse(PAGE)}{query}"))


def test_every_rule_stands_there_with_its_number() -> None:
    AccountFactory(branding_checked_on=TODAY())
    AccountFactory()

    text = page()

    assert "Of 2 accounts in use." in text
    assert "Branding not checked Accounts 1 " in text
    assert "Standards not met or not checked Accounts 2 " in text
    assert all(rule.name in text for rule in RULES)
    assert "on 2 of 2." in text


def test_a_finding_leads_to_its_accounts_and_all_else_that_they_have() -> None:
    AccountFactory(name="Libraries", branding_checked_on=TODAY(), recovery_contact="")
    AccountFactory(name="Museum", recovery_contact="")

    text = page("?finding=unbranded")

    assert re.search(
        r"Museum .* Branding not checked .* No recovery contact|Museum .*No recovery", text
    )
    assert "Libraries" not in text
    assert "Check its name, logo and colours" in text


def test_an_area_narrows_the_numbers_and_the_accounts() -> None:
    top = ServiceAreaFactory(name="Community")
    AccountFactory(name="Lending", service_area=ServiceAreaFactory(name="Libraries", parent=top))
    AccountFactory(name="Roadworks")

    assert "Of 1 account in use." in page(f"?service_area={top.pk}")
    assert "Roadworks" not in page(f"?service_area={top.pk}&finding=any")


def test_a_council_without_accounts_is_told_so() -> None:
    assert "No accounts in use" in page()


@pytest.mark.parametrize("query", ["?finding=burnt", "?service_area=x", "?finding=any&after=%%"])
def test_a_forged_filter_is_answered_plainly(query: str) -> None:
    AccountFactory()

    assert as_person(UserFactory()).get(f"{reverse(PAGE)}{query}").status_code == 200


@pytest.mark.parametrize("query", ["", "?finding=any", "?finding=standards"])
def test_however_many_accounts_it_is_as_many_queries(query: str) -> None:
    client = as_person(UserFactory())
    asked = []
    for number in (3, 20):
        for _ in range(number):
            AccountFactory(deputy=UserFactory())
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{reverse(PAGE)}{query}")
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 12


def test_an_account_s_page_says_what_is_to_be_put_in_order_and_links_who_can_do_it() -> None:
    account = AccountFactory(recovery_contact="", deputy=None)
    pages = {
        name: f'<a href="{reverse(name, args=[account.pk])}">'
        for name in ("standards", "account_safety", "account_people")
    }

    def linked(reader: User) -> set[str]:
        answer = as_person(reader).get(reverse("account", args=[account.pk]))
        assert "No recovery contact : Enter where the platform sends" in text_of(answer)
        shown = answer.content.decode().partition("Housekeeping")[2].partition("The account")[0]
        return {name for name, link in pages.items() if link in shown}

    assert linked(UserFactory()) == {"standards"}
    assert linked(communications_officer()) == {"standards", "account_safety"}
    assert linked(digital_officer()) == {"standards", "account_safety", "account_people"}


def test_an_account_s_page_takes_no_more_than_sixteen_queries() -> None:
    account = AccountFactory(deputy=UserFactory())
    client, address = as_person(digital_officer()), reverse("account", args=[account.pk])
    client.get(address)

    with CaptureQueriesContext(connection) as queries:
        client.get(address)

    assert len(queries) <= 16


def test_the_findings_leave_as_a_file_with_an_entry(trail: Trail) -> None:
    owner = UserFactory(employed_until=TODAY() - timedelta(days=1), email="gone@wealdmoor.example")
    AccountFactory(name="=cmd", handle="oldone", owner=owner)
    AccountFactory(name="Libraries")

    answer = as_person(communications_officer()).get(f"{reverse('housekeeping_csv')}?finding=any")
    text = b"".join(answer).decode()
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))

    left = [row for row in rows if row["finding"] == "No owner"]
    assert [row["site owner"] for row in left] == ["gone@wealdmoor.example"]
    assert left[0]["name"] == "'=cmd"
    assert {row["name"] for row in rows} == {"'=cmd", "Libraries"}
    assert trail.last.event == Event.REGISTER_EXPORTED
    assert trail.last.details["after"]["filters"] == {"Finding": "Anything"}


def test_a_file_of_one_finding_holds_no_other() -> None:
    AccountFactory()

    answer = as_person(communications_officer()).get(
        f"{reverse('housekeeping_csv')}?finding=standards"
    )

    assert b"".join(answer).decode().count("\r\n") == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("finding=unbranded", {"Museum"}),
        ("two_factor=on", {"Libraries"}),
        ("predates_policy=on", {"Museum"}),
        ("finding=unbranded&two_factor=on", set()),
    ],
)
def test_the_register_is_narrowed_down_by_the_same(query: str, found: set[str]) -> None:
    AccountFactory(
        name="Libraries",
        branding_checked_on=TODAY(),
        two_factor="on",
        two_factor_checked_on=TODAY(),
    )
    AccountFactory(name="Museum", predates_policy=True)

    text = text_of(as_person(UserFactory()).get(f"{reverse('accounts')}?{query}"))

    assert {name for name in ("Libraries", "Museum") if f" {name} " in text} == found


def test_the_register_is_narrowed_down_by_an_aim() -> None:
    account: SocialAccount = AccountFactory(name="Libraries")
    AccountFactory(name="Museum")
    aim = account.aims.create(name="More readers")

    text = text_of(as_person(UserFactory()).get(f"{reverse('accounts')}?aims={aim.pk}"))

    assert "Libraries" in text
    assert "Museum" not in text
