"""Every problem of every row is named: the row, the column, what to do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AccountState, StrategicAim, TwoFactorState, User
from accounts.register.csv_file import read_file
from accounts.register.rows import Checked, GoodRow, check_rows
from tests.accounts.register.spreadsheets import a_council, a_row, file_of
from tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def council() -> None:
    a_council()


def checked(*rows: dict[str, str]) -> Checked:
    return check_rows(read_file(file_of(rows)))


def problems(*rows: dict[str, str]) -> list[tuple[int, str, str]]:
    return [(each.row, each.column, each.reason) for each in checked(*rows).problems]


def made(**changed: str) -> GoodRow:
    found = checked(a_row(**changed))
    assert found.problems == []
    return found.good[0]


TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("changed", "column", "words"),
    [
        ({"platform": "MySpace"}, "platform", "There is no platform “MySpace”."),
        ({"platform": ""}, "platform", "Enter the platform."),
        ({"handle": ""}, "handle", "Enter the account’s handle."),
        ({"handle": "a b"}, "handle", "Enter the handle alone, as on Flickr"),
        ({"handle": "x" * 101}, "handle", "must be 100 characters or fewer"),
        ({"name": ""}, "name", "Enter the account’s name."),
        ({"name": "x" * 121}, "name", "must be 120 characters or fewer; this is 121."),
        ({"service_area": "Lost"}, "service area", "There is no service area “Lost”."),
        ({"service_area": ""}, "service area", "Enter the service area."),
        ({"site_owner": "no@one.example"}, "site owner", "Nobody here has the e-mail address"),
        ({"site_owner": ""}, "site owner", "Enter the e-mail address of the site owner."),
        ({"site_owner": "lee@wealdmoor.example"}, "site owner", "Lee Leaver does not work"),
        ({"deputy": "lee@wealdmoor.example"}, "deputy", "Lee Leaver does not work"),
        ({"deputy": "OLU@wealdmoor.example"}, "deputy", "somebody else than the owner"),
        ({"address": "javascript:alert(1)"}, "address", "begins with https://"),
        ({"address": "https://x.example/" + "x" * 300}, "address", "300 characters or fewer"),
        ({"state": "Golden"}, "state", "Leave this empty, or enter Partner."),
        ({"state": "Partner"}, "partner", "Enter the partner’s name."),
        ({"state": "Live", "partner": "The police"}, "partner", "Leave this empty"),
        ({"strategic_aims": "Reading; Flying"}, "strategic aims", "no strategic aim “Flying”"),
        ({"strategic_aims": "Old"}, "strategic aims", "Not in use any more: Old."),
        ({"opened_on": "31/02/2026"}, "opened on", "Enter a real date, such as 2027-03-31"),
        ({"opened_on": "12 May"}, "opened on", "Enter a real date"),
        ({"opened_on": "1066-10-14"}, "opened on", "Enter a day after 1899."),
        ({"opened_on": TOMORROW}, "opened on", "today or in the past"),
        ({"there_before_the_policy": "perhaps"}, "there before the policy", "Enter yes or no."),
        ({"two-factor_sign-in": "Maybe"}, "two-factor sign-in", "Enter one of: Not checked, On"),
        ({"two-factor_sign-in": "On"}, "two-factor checked on", "Enter the day"),
        ({"joint_access": "A form"}, "joint access proved on", "Enter the day"),
        ({"joint_access_proved_on": "2026-01-01"}, "joint access", "Say what proved"),
        ({"purpose": "a\x00b"}, "purpose", "Take out the character U+0000"),
        ({"purpose": "one\ntwo"}, "purpose", "Take out the line break"),
        ({"audience": "a\u2028b"}, "audience", "Take out the character U+2028"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(
    changed: dict[str, str], column: str, words: str
) -> None:
    User.objects.create_user(
        "lee@wealdmoor.example",
        name="Lee Leaver",
        employed_until=timezone.localdate() - timedelta(days=1),
    )
    StrategicAim.objects.create(name="Old", is_in_use=False)
    [(row, where, said)] = problems(a_row(), {**a_row(handle="second"), **_columns(changed)})
    assert (row, where) == (3, column)
    assert words in said


def _columns(changed: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", " "): value for name, value in changed.items()}


def test_all_problems_of_a_row_are_named_and_each_once() -> None:
    found = problems(
        a_row(platform="MySpace", handle="", opened_on="soon", joint_access="A form",
              joint_access_proved_on="31/31/2026")
    )  # fmt: skip
    assert [column for _, column, _ in found] == [
        "platform", "opened on", "joint access proved on", "handle",
    ]  # fmt: skip


def test_a_handle_that_is_taken_is_named_with_who_has_it() -> None:
    AccountFactory(platform="flickr", handle="WMarchive", name="Old Archive")
    AccountFactory(platform="flickr", handle="free", state=AccountState.CLOSED)
    AccountFactory(platform="flickr", handle="asked", state=AccountState.DRAFT)
    AccountFactory(platform="x", handle="elsewhere")
    [(row, column, said)] = problems(
        a_row(), a_row(handle="free"), a_row(handle="asked"), a_row(handle="elsewhere")
    )
    assert (row, column) == (2, "handle")
    assert said == "Old Archive (Flickr @WMarchive) is on the register already."


def test_a_handle_twice_in_the_file_is_named_at_its_second_place() -> None:
    found = checked(a_row(), a_row(platform="X"), a_row(handle="@WMArchive"))
    assert [row.typed.number for row in found.good] == [2, 3]
    [(row, _, said)] = [(each.row, each.column, each.reason) for each in found.problems]
    assert (row, said) == (4, "Row 2 has this handle already, on the same platform.")


def test_a_row_that_is_bad_itself_keeps_no_handle_from_another() -> None:
    found = checked(a_row(name=""), a_row())
    assert [row.typed.number for row in found.good] == [3]


def test_a_cell_without_a_column_is_named() -> None:
    data = file_of([a_row()]) + b"Flickr,two,Parks, and gardens,Libraries,olu@wealdmoor.example\r\n"
    found = check_rows(read_file(data)).problems
    assert "after the last" in {each.column for each in found}
    assert {each.row for each in found} == {3}


def test_a_good_row_becomes_an_account_with_all_that_was_said() -> None:
    row = made(
        handle="@wmarchive", deputy="Dee@wealdmoor.example", opened_on="31/03/2019",
        strategic_aims="answers; and quickly; Reading; reading", purpose="=cmd",
        **{"two-factor sign-in": "the platform has none", "two-factor checked on": "2026-01-02"},
    )  # fmt: skip
    account = row.account
    assert (account.platform, account.handle) == ("flickr", "wmarchive")
    assert account.url == "https://www.flickr.com/people/wmarchive/"
    assert account.owner.name == "Olu Owner"
    assert account.deputy == User.objects.get(name="Dee Deputy")
    assert account.opened_on == date(2019, 3, 31)
    assert account.purpose == "=cmd"
    assert account.two_factor == TwoFactorState.NOT_OFFERED
    assert [aim.name for aim in row.aims] == ["Answers; and quickly", "Reading"]


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({}, AccountState.REQUESTED),
        ({"state": "Live"}, AccountState.REQUESTED),
        ({"there_before_the_policy": "Yes"}, AccountState.SUSPENDED),
        ({"partner": "The police"}, AccountState.PARTNER),
        ({"state": "partner", "partner": "The police"}, AccountState.PARTNER),
    ],
)
def test_no_account_begins_further_than_by_hand(
    changed: dict[str, str], state: AccountState
) -> None:
    assert made(**changed).account.state == state


def test_any_number_of_rows_takes_the_same_queries() -> None:
    counts = []
    for number in (2, 50):
        rows = read_file(file_of(a_row(handle=f"h{each}") for each in range(number)))
        with CaptureQueriesContext(connection) as queries:
            assert len(check_rows(rows).good) == number
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6
