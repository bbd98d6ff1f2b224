"""The register as a file, on paper and in public."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.actions.credentials import store
from accounts.models import AccountState, Credential, SocialAccount, User
from accounts.register.csv_export import HEADINGS
from audit.catalogue import Event
from tests.accounts.conftest import Trail
from tests.accounts.platform import GOOD
from tests.factories import (
    AccountFactory,
    RiskAssessmentFactory,
    StrategicAimFactory,
    UserFactory,
    communications_officer,
)
from tests.visiting import as_person, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_platform")]

TODAY = timezone.localdate


def table(person: User, query: str = "") -> list[dict[str, str]]:
    answer = as_person(person).get(f"{reverse('accounts_csv')}{query}")
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_the_file_holds_every_fact(admin: User) -> None:
    account = AccountFactory(
        name="Libraries",
        audience="Readers, young and old",
        predates_policy=True,
        opened_on=TODAY(),
        deputy=UserFactory(),
    )
    account.aims.set([StrategicAimFactory(name="Reading"), StrategicAimFactory(name="Answers")])

    [line] = table(admin)

    assert tuple(line) == HEADINGS
    assert line["audience"] == "Readers, young and old"
    assert line["strategic aims"] == "Answers; Reading"
    assert line["site owner"] == account.owner.email
    assert line["opened on"] == TODAY().isoformat()
    assert (line["there before the policy"], line["risk score"]) == ("yes", "6")


@pytest.mark.parametrize("cell", ["=cmd", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '="a",\n\'b'])
def test_a_formula_stays_text(cell: str, admin: User) -> None:
    AccountFactory(purpose=cell)

    assert table(admin)[0]["purpose"] == f"'{cell}"


def test_the_file_takes_the_same_queries_for_any_number_and_keeps_the_filters(
    admin: User, trail: Trail
) -> None:
    counts = []
    for number in (2, 12):
        for _ in range(number):
            AccountFactory(deputy=UserFactory()).aims.set([StrategicAimFactory()])
        with CaptureQueriesContext(connection) as queries:
            lines = table(admin, "?platform=x&state=live")
        counts.append(len(queries))
    assert len(lines) == 14
    assert counts[0] == counts[1]
    assert table(admin, "?state=closed") == []
    assert trail.last.event == Event.REGISTER_EXPORTED
    assert trail.last.details["after"] == {"format": "CSV", "filters": {"State": "Closed"}}


def test_the_print_view_has_all_of_it_on_one_page() -> None:
    for number in range(30):
        AccountFactory(name=f"Account {number:02}")
    AccountFactory(name="Other", state=AccountState.DORMANT)

    text = text_of(as_person(UserFactory()).get(f"{reverse('accounts_print')}?state=live"))

    assert "30 accounts on" in text
    assert "Account 00" in text
    assert "Account 29" in text
    assert "Other" not in text
    assert "Only: State: Live." in text


def names(query: str) -> set[str]:
    text = text_of(as_person(UserFactory()).get(f"{reverse('accounts_print')}?{query}"))
    return {
        name for name in ("Low", "Medium", "High", "None", "Late", "Soon") if f" {name}. " in text
    }


def test_the_register_is_narrowed_down_by_risk_review_and_owner() -> None:
    for name, likelihood, impact, ahead in (
        ("Low.", 2, 3, 300),
        ("Medium.", 1, 5, 300),
        ("High.", 3, 5, 300),
        ("Late.", 1, 1, -1),
        ("Soon.", 1, 1, 30),
    ):
        account = AccountFactory(name=name, risk=None)
        RiskAssessmentFactory(
            account=account,
            likelihood=likelihood + (name == "Medium."),
            impact=impact,
            review_on=TODAY() + timedelta(days=ahead),
        )
    unsigned = AccountFactory(name="None.", risk=None)
    RiskAssessmentFactory(account=unsigned, signed_off_by=None, signed_off_at=None)
    # What counts is the newest that is signed.
    RiskAssessmentFactory(
        account=SocialAccount.objects.get(name="High."),
        likelihood=1,
        impact=1,
        assessed_at=timezone.now() - timedelta(days=400),
    )

    assert names("risk=low") == {"Low", "Late", "Soon"}
    assert names("risk=medium") == {"Medium"}
    assert names("risk=high") == {"High"}
    assert names("risk=none") == {"None"}
    assert names("review=overdue") == {"Late"}
    assert names("review=soon") == {"Soon"}
    assert names(f"owner={unsigned.owner_id}") == {"None"}


def test_the_register_is_narrowed_down_by_connection() -> None:
    now = timezone.now()
    for name, changed in (
        ("Low.", {}),
        ("High.", {"refused_at": now}),
        ("Late.", {"expires_at": now - timedelta(days=1)}),
        ("Soon.", {"expires_at": now + timedelta(days=1)}),
    ):
        account = AccountFactory(name=name, platform="fake")
        store(by=None, account=account, credential=GOOD)
        Credential.objects.filter(account=account).update(**changed)
    AccountFactory(name="None.")

    assert names("connection=connected") == {"Low", "Soon"}
    assert names("connection=refused") == {"High"}
    assert names("connection=expired") == {"Late"}
    assert names("connection=not_connected") == {"None"}


def test_the_public_page_is_not_there_until_it_is_switched_on(settings: Settings) -> None:
    assert settings.PUBLIC_ACCOUNTS is False
    assert Client().get(reverse("public_accounts")).status_code == 404


def test_residents_see_which_accounts_are_genuine_and_nothing_about_people(
    settings: Settings,
) -> None:
    settings.PUBLIC_ACCOUNTS = True
    live = AccountFactory(
        name="Libraries", handle="WealdLib", url="https://x.example/WealdLib", purpose="Secret"
    )
    AccountFactory(name="Safer", state=AccountState.PARTNER, partner_name="The police")
    for state in set(AccountState) - {AccountState.LIVE, AccountState.PARTNER}:
        AccountFactory(name=f"Hidden {state}", state=state)

    def says(query: str = "") -> str:
        return text_of(Client().get(f"{reverse('public_accounts')}{query}"))

    assert "Libraries" in says()
    assert "The police" in says()
    assert "noindex" not in Client().get(reverse("public_accounts")).content.decode()
    for hidden in ("Hidden", live.owner.name, "Secret"):
        assert hidden not in says()
    for found in ("?words=@wealdlib", "?words=https://x.example/WealdLib/"):
        assert "Libraries" in says(found)
        assert "Safer" not in says(found)
    assert "This is not one of our accounts" in says("?words=WealdmoorFake")
    assert Client().get(f"{reverse('public_accounts')}?words=x%00y").status_code == 200


def test_whoever_may_not_export_does_not() -> None:
    assert as_person(UserFactory()).get(reverse("accounts_csv")).status_code == 403
    assert as_person(communications_officer()).get(reverse("accounts_csv")).status_code == 200
