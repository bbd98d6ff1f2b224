"""The pages of an import: send a file, read what is wrong, take the good rows over."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AccountState, RegisterImport, SocialAccount, User
from accounts.register.csv_export import HEADINGS
from accounts.register.csv_file import MAX_BYTES, TEMPLATE
from jobs.models import Job
from jobs.running import run
from tests.accounts.register.spreadsheets import a_council, a_row, file_of, upload
from tests.factories import (
    AccountFactory,
    StrategicAimFactory,
    UserFactory,
    communications_officer,
    digital_officer,
)
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(db: None) -> User:
    a_council()
    return digital_officer()


@pytest.fixture
def browser(by: User) -> Client:
    return as_person(by)


def send(browser: Client, data: bytes, name: str = "accounts.csv") -> str:
    """Where it leads."""
    answer = browser.post(reverse("register_import_new"), {"file": upload(data, name)})
    assert answer.status_code == 302, text_of(answer)
    return str(answer["Location"])


def words(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return text_of(answer)


def test_from_the_file_to_the_register(browser: Client) -> None:
    page = send(browser, file_of([a_row(), a_row(handle="second"), a_row(handle="a b")]))
    shown = words(browser, page)
    assert "Import the 2 good rows" in shown
    assert "Enter the handle alone, as on Flickr" in shown
    answer = browser.post(f"{page}take/")
    assert answer["Location"].startswith("/jobs/")
    run(Job.objects.get().pk)
    done = words(browser, answer["Location"])
    assert "2 accounts are on the register." in done
    assert page in browser.get(answer["Location"]).content.decode()
    assert "The good rows are on the register" in words(browser, page)
    assert "good rows</button>" not in browser.get(page).content.decode()


def test_an_export_comes_back_in_with_every_fact(browser: Client) -> None:
    fields = {"platform": "flickr", "name": "=Parks", "purpose": "@all", "audience": "'-quoted"}
    account = AccountFactory(**fields, predates_policy=True, deputy=UserFactory())
    account.aims.set([StrategicAimFactory(name="Reading, writing"), StrategicAimFactory()])
    first = b"".join(browser.get(reverse("accounts_csv")))
    SocialAccount.objects.update(state=AccountState.CLOSED)

    browser.post(f"{send(browser, first)}take/")
    run(Job.objects.get().pk)

    answer = browser.get(reverse("accounts_csv") + "?state=suspended")
    again = b"".join(answer)
    [before], [after] = lines(first), lines(again)
    earned = {"state", "risk", "risk score", "risk review due", "connection"}
    assert {name: before[name] for name in set(HEADINGS) - earned} == {
        name: after[name] for name in set(HEADINGS) - earned
    }
    assert (before["name"], before["audience"]) == ("'=Parks", "''-quoted")


def lines(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_file_that_is_none_is_refused_in_the_form(browser: Client) -> None:
    for data in ("Café".encode("cp1252"), b"colour\nred", b""):
        answer = browser.post(reverse("register_import_new"), {"file": upload(data)})
        assert answer.status_code == 422
        assert "There is a problem" in text_of(answer)
    assert "Choose a file." in text_of(browser.post(reverse("register_import_new")))
    assert not RegisterImport.objects.exists()


def test_a_file_that_is_too_big_is_not_read(browser: Client) -> None:
    big = upload(b"x" * (MAX_BYTES + 1))
    answer = browser.post(reverse("register_import_new"), {"file": big})
    assert "Send 5 MB or less" in text_of(answer)


def test_the_name_of_the_file_is_shown_as_words(browser: Client) -> None:
    page = send(browser, file_of([a_row()]), "<b>\x07acc.csv")
    assert "&lt;b&gt;acc.csv" in browser.get(page).content.decode()


def test_problems_come_in_pages_of_50_and_all_in_the_file(browser: Client) -> None:
    page = send(browser, file_of(a_row(handle=f"a b{number}") for number in range(120)))
    assert words(browser, page).count("Enter the handle alone") == 50
    assert words(browser, f"{page}?from=100").count("Enter the handle alone") == 20
    assert words(browser, f"{page}?from=zebra").count("Enter the handle alone") == 50
    assert "No row can be imported" in words(browser, page)
    found = lines(b"".join(browser.get(f"{page}problems/")))
    assert len(found) == 120
    assert (found[0]["row"], found[119]["row"]) == ("2", "121")


def test_the_template_is_a_file_that_can_be_sent(browser: Client) -> None:
    data = b"".join(browser.get(reverse("register_import_template")))
    assert data.decode("utf-8-sig").strip().split(",") == list(TEMPLATE)
    answer = browser.post(reverse("register_import_new"), {"file": upload(data)})
    assert "no rows under its headings" in text_of(answer)


def test_what_was_sent_waits_for_a_week_and_is_ones_own(browser: Client) -> None:
    assert "You have sent no file" in words(browser, reverse("register_import_new"))
    page = send(browser, file_of([a_row()]))
    assert "accounts.csv" in words(browser, reverse("register_import_new"))
    colleague = as_person(digital_officer())
    assert colleague.get(page).status_code == 404
    assert colleague.post(f"{page}take/").status_code == 404
    assert "You have sent no file" in words(colleague, reverse("register_import_new"))


def test_whoever_does_not_keep_the_register_is_told_who_does() -> None:
    officer = as_person(communications_officer())
    answer = officer.get(reverse("register_import_new"))
    assert answer.status_code == 403
    assert "digital team" in text_of(answer)
    assert "Import" not in text_of(officer.get(reverse("accounts")))


def test_taking_over_nothing_is_said(browser: Client) -> None:
    page = send(browser, file_of([a_row(name="")]))
    answer = browser.post(f"{page}take/", follow=True)
    assert "No row of this file can be imported." in text_of(answer)


def test_pages_take_the_same_queries_for_any_number(browser: Client) -> None:
    counts = []
    for number in (1, 8):
        for each in range(number):
            page = send(browser, file_of([a_row(handle=f"n{number}-{each}"), a_row(name="")]))
        browser.post(f"{page}take/")
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse("register_import_new"))
            browser.get(page)
        counts.append(len(queries))
    assert counts[0] == counts[1]
