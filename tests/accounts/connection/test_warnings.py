"""Warnings that a connection ends: fourteen, seven and one day before, each once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from accounts.actions.connection_warnings import warn_of_connections, warning_due
from accounts.actions.credentials import store
from accounts.models import AccountState, Credential, SocialAccount, Warned
from accounts.tasks import warn_of_connections as task
from audit.catalogue import Event
from audit.models import Entry
from audit.presenters import sentence
from council_social.celery import app
from tests.factories import AccountFactory, digital_officer, person

pytestmark = pytest.mark.django_db

ENDS = datetime(2027, 6, 30, 12, 0, tzinfo=UTC)


def an_account(**fields: object) -> SocialAccount:
    account: SocialAccount = AccountFactory(
        platform="facebook",
        name="Wealdmoor Parks",
        owner=person(name="Olu Owner"),
        deputy=person(name="Dee Deputy"),
        **fields,
    )
    store(by=None, account=account, credential={"access_token": "a"}, expires_at=ENDS)
    return account


def on_the_day(left: int) -> time_machine.travel:
    """At ten past six in the morning, so many days before the end."""
    morning = ENDS.replace(hour=5, minute=10) - timedelta(days=left)
    return time_machine.travel(morning, tick=False)


@pytest.mark.parametrize(
    ("left", "due"),
    [(15, None), (14, 14), (8, 14), (7, 7), (2, 7), (1, 1), (0, 1), (-1, None)],
)
def test_each_warning_has_its_day(left: int, due: int | None) -> None:
    assert warning_due(ENDS.date(), ENDS.date() - timedelta(days=left)) == due


def test_day_by_day_three_warnings_are_given_however_often_it_is_asked() -> None:
    an_account()
    given = {}
    for left in range(20, -5, -1):
        with on_the_day(left):
            if count := warn_of_connections() + warn_of_connections():
                given[left] = count

    assert given == {14: 1, 7: 1, 1: 1}
    assert len(mail.outbox) == 3
    assert Entry.objects.filter(event=Event.CONNECTION_WARNED).count() == 3


def test_tokens_that_are_renewed_each_hour_begin_no_warning_anew() -> None:
    an_account()
    with on_the_day(7):
        assert warn_of_connections() == 1
        Credential.objects.update(generation=99)
        assert warn_of_connections() == 0


def test_a_new_connection_is_warned_of_in_its_own_time() -> None:
    account = an_account()
    with on_the_day(7):
        warn_of_connections()
    later = ENDS + timedelta(days=90)
    store(by=None, account=account, credential={"access_token": "b"}, expires_at=later)
    with on_the_day(1):
        assert warn_of_connections() == 0
    with on_the_day(1 - 90):
        assert warn_of_connections() == 1


def test_the_letter_goes_to_owner_deputy_and_digital_team(settings: Settings) -> None:
    settings.BASE_URL = "https://social.wealdmoor.example"
    account, digital = an_account(), digital_officer()
    digital_officer(employed_until=datetime(2026, 1, 1, tzinfo=UTC).date())

    with on_the_day(14):
        warn_of_connections()

    (letter,) = mail.outbox
    assert account.deputy
    assert letter.to == [account.owner.email, account.deputy.email, digital.email]
    assert letter.subject == "Wealdmoor Parks: the connection ends on 30 June 2027"
    assert "to Facebook ends on 30 June 2027" in letter.body
    assert f"https://social.wealdmoor.example/accounts/{account.pk}/connection/" in letter.body


def test_somebody_who_is_both_gets_one_letter() -> None:
    digital = digital_officer()
    account = an_account()
    SocialAccount.objects.update(owner=digital)
    with on_the_day(7):
        warn_of_connections()
    assert account.deputy
    assert mail.outbox[0].to == [digital.email, account.deputy.email]


def test_the_trail_says_who_was_warned() -> None:
    an_account()
    with on_the_day(7):
        warn_of_connections()

    entry = Entry.objects.get(event=Event.CONNECTION_WARNED)
    assert sentence(entry, "this account") == (
        "A warning was given that the connection of this account ends: on 30 June 2027"
    )
    assert entry.details["after"]["told"] == "Olu Owner, Dee Deputy"


def test_a_letter_that_could_not_be_handed_over_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise SMTPServerDisconnected

    an_account()
    with monkeypatch.context() as broken:
        broken.setattr("accounts.actions.connection_warnings.send_connection_letter", refuse)
        with on_the_day(7):
            assert warn_of_connections() == 1
    assert Warned.objects.get().mailed_at is None
    with on_the_day(6):
        assert warn_of_connections() == 0
    assert len(mail.outbox) == 1


def test_a_letter_that_waited_is_not_sent_once_the_account_is_connected_again() -> None:
    account = an_account()
    kept = Credential.objects.get()
    about = f"{kept.pk} {ENDS:%Y-%m-%d}"
    Warned.objects.create(kind="connection", account=account, about=about, days=7)
    store(by=None, account=account, credential={"access_token": "b"}, expires_at=None)

    with on_the_day(6):
        warn_of_connections()
    assert not mail.outbox


@pytest.mark.parametrize("state", [AccountState.CLOSED, AccountState.CLOSING, AccountState.PARTNER])
def test_only_accounts_in_use_are_warned_of(state: AccountState) -> None:
    an_account(state=state)
    with on_the_day(7):
        assert warn_of_connections() == 0


def test_what_is_refused_already_is_no_warning() -> None:
    an_account()
    Credential.objects.update(refused_at=timezone.now())
    with on_the_day(7):
        assert warn_of_connections() == 0


def test_the_clock_asks_each_day(settings: Settings) -> None:
    entry = settings.CELERY_BEAT_SCHEDULE["connection_warnings"]

    assert app.tasks[entry["task"]].name == task.name
    assert (entry["schedule"].hour, entry["schedule"].minute) == ({6}, {10})
