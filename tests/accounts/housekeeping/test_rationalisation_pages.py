"""The pages of a rationalisation: rounds, one round, deciding on an account, and the file."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions.rationalising import decide, end_round, open_round
from accounts.models import RationalisationDecision, RationalisationRound, User
from audit.catalogue import Event
from tests.accounts.conftest import Trail
from tests.factories import AccountFactory, ServiceAreaFactory, UserFactory
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


@pytest.fixture
def round_(officer: User) -> RationalisationRound:
    return open_round(by=officer, name="Autumn tidy-up", due_on=TODAY() + timedelta(days=30))


@pytest.fixture
def client(officer: User) -> Client:
    return as_person(officer)


def page_of(round_: RationalisationRound, query: str = "") -> str:
    return reverse("rationalisation_round", args=[round_.pk]) + query


def test_a_round_is_begun_and_leads_to_its_accounts(client: Client) -> None:
    AccountFactory(name="Libraries")
    body = {"name": "Autumn tidy-up", "due_on": TODAY().strftime("%d/%m/%Y")}

    answer = client.post(reverse("rationalisation_new"), body, follow=True)

    assert "0 of 1 decided" in text_of(answer)
    assert "Libraries" in text_of(answer)
    assert "Autumn tidy-up" in text_of(client.get(reverse("rationalisation")))


def test_without_rounds_the_page_says_what_to_do(client: Client) -> None:
    assert "No round is open" in text_of(client.get(reverse("rationalisation")))


def test_ended_rounds_stand_apart(
    client: Client, officer: User, round_: RationalisationRound
) -> None:
    end_round(by=officer, round_=round_)

    text = text_of(client.get(reverse("rationalisation")))

    assert "Earlier rounds" in text
    assert "No round is open" in text
    assert "The round ended on" in text_of(client.get(page_of(round_)))


def test_the_round_shows_decision_findings_and_area(
    client: Client, officer: User, round_: RationalisationRound
) -> None:
    area = ServiceAreaFactory(name="Lending")
    account = AccountFactory(name="Libraries", service_area=area)
    into = AccountFactory(name="Council")
    decide(
        by=officer,
        round_=round_,
        account=account,
        fate="merge",
        merge_into=into,
        reason="Two of one",
        due_on=TODAY(),
    )

    text = text_of(client.get(page_of(round_)))

    assert "1 of 2 decided" in text
    assert "Two of one" in text
    assert f"into {into}" in text
    assert "Branding not checked" in text
    assert "Of 2, 0 stay and 1 go so far." in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?fate=undecided", {"Museum"}),
        ("?fate=fix", {"Libraries"}),
        ("?fate=close", set()),
        ("?to_do=on", {"Libraries"}),
        ("?words=muse", {"Museum"}),
        ("?fate=burnt", set()),
    ],
)
def test_the_round_is_narrowed_down(
    query: str,
    found: set[str],
    client: Client,
    officer: User,
    round_: RationalisationRound,
) -> None:
    account = AccountFactory(name="Libraries")
    AccountFactory(name="Museum")
    decide(by=officer, round_=round_, account=account, fate="fix", reason="Old logo")

    text = text_of(client.get(page_of(round_, query)))

    assert {name for name in ("Libraries", "Museum") if f" {name} " in text} == found


def test_deciding_goes_on_to_the_next_account_that_waits(
    client: Client, round_: RationalisationRound
) -> None:
    first, second, third = (AccountFactory(name=name) for name in ("Alpha", "Bravo", "Charlie"))
    addresses = {
        account.pk: reverse("rationalisation_decision", args=[round_.pk, account.pk])
        for account in (first, second, third)
    }
    body = {"fate": "keep", "reason": "Read by many", "seen": "none", "do": "next"}

    for here, following in ((second, third), (third, first)):
        answer = client.post(addresses[here.pk], body)
        assert answer.headers["Location"] == addresses[following.pk]
    answer = client.post(addresses[first.pk], body)
    assert answer.headers["Location"] == page_of(round_)


def test_who_was_slower_is_told_keeps_what_they_typed_and_may_save_again(
    client: Client, officer: User, round_: RationalisationRound
) -> None:
    account = AccountFactory()
    address = reverse("rationalisation_decision", args=[round_.pk, account.pk])
    decide(by=officer, round_=round_, account=account, fate="close", reason="Nobody reads it")
    body = {"fate": "keep", "reason": "It was read by 400", "seen": "none"}

    answer = client.post(address, body)

    assert answer.status_code == 422
    assert "Cat Officer decided meanwhile: close" in text_of(answer)
    assert "It was read by 400" in text_of(answer)
    seen = answer.context["form"]["seen"].value()
    assert client.post(address, {**body, "seen": seen}).status_code == 302
    assert RationalisationDecision.objects.get().fate == "keep"


def test_an_account_that_the_round_is_not_about_is_not_found(
    client: Client, round_: RationalisationRound
) -> None:
    account = AccountFactory(state="partner")

    answer = client.get(reverse("rationalisation_decision", args=[round_.pk, account.pk]))

    assert answer.status_code == 404


def test_done_is_said_or_why_not(
    client: Client, officer: User, round_: RationalisationRound
) -> None:
    fix, close = AccountFactory(name="Alpha"), AccountFactory(name="Bravo")
    for account, fate in ((fix, "fix"), (close, "close")):
        decide(by=officer, round_=round_, account=account, fate=fate, reason="So it is")
    done = [
        client.post(reverse("rationalisation_done", args=[round_.pk, account.pk]), follow=True)
        for account in (fix, close)
    ]

    assert "Recorded as done" in text_of(done[0])
    assert "is not closed yet" in text_of(done[1])


def test_however_many_accounts_it_is_as_many_queries(
    client: Client, officer: User, round_: RationalisationRound
) -> None:
    asked: dict[str, list[int]] = {}
    for number in (3, 20):
        for at in range(number):
            account = AccountFactory(deputy=UserFactory())
            if at % 2:
                decide(by=officer, round_=round_, account=account, fate="fix", reason="Old logo")
        for page in (
            page_of(round_),
            reverse("rationalisation"),
            reverse("rationalisation_decision", args=[round_.pk, account.pk]),
        ):
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            asked.setdefault(page.rstrip("/").rsplit("/", 1)[0], []).append(len(queries))

    assert all(few == many <= 14 for few, many in asked.values()), asked


def test_the_round_leaves_as_a_file_with_an_entry(
    client: Client, officer: User, round_: RationalisationRound, trail: Trail
) -> None:
    account = AccountFactory(name="Libraries")
    AccountFactory(name="-cmd")
    decide(by=officer, round_=round_, account=account, fate="close", reason="=HYPERLINK(1)")

    answer = client.get(reverse("rationalisation_csv", args=[round_.pk]))
    text = b"".join(answer).decode()
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))}

    assert rows["Libraries"]["decision"] == "Close"
    assert rows["Libraries"]["reason"] == "'=HYPERLINK(1)"
    assert rows["'-cmd"]["decision"] == "Not decided"
    assert "Branding not checked" in rows["'-cmd"]["findings"]
    assert trail.last.event == Event.REGISTER_EXPORTED


def test_an_account_s_page_says_what_was_decided(
    officer: User, round_: RationalisationRound
) -> None:
    account = AccountFactory()
    decide(by=officer, round_=round_, account=account, fate="close", reason="Nobody reads it")

    text = text_of(as_person(UserFactory()).get(reverse("account", args=[account.pk])))

    assert "Autumn tidy-up: close, decided by Cat Officer. Nobody reads it" in text.replace(
        " :", ":"
    )


def test_home_says_what_waits(client: Client, officer: User, round_: RationalisationRound) -> None:
    owner = UserFactory()
    account = AccountFactory(owner=owner)
    AccountFactory()
    decide(by=officer, round_=round_, account=account, fate="fix", reason="Old logo")

    assert "Accounts to keep, fix, merge or close" in text_of(client.get("/"))
    assert "Accounts of yours to fix, merge or close" in text_of(as_person(owner).get("/"))
