"""Warnings of a review that draws near: each on its day, each once, to whoever answers."""

from __future__ import annotations

from datetime import date, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import Settings

from accounts.actions.warning import HELD, warn_of_reviews, warning_due
from accounts.models import AccountState, SocialAccount, Warned, WarningKind
from accounts.tasks import warn_of_reviews as task
from audit.catalogue import Event
from audit.models import Entry
from audit.presenters import sentence
from council_social.celery import app
from tests.factories import AccountFactory, RiskAssessmentFactory, person

pytestmark = pytest.mark.django_db

DUE = date(2027, 6, 30)


def an_account(**fields: object) -> SocialAccount:
    account: SocialAccount = AccountFactory(
        name="Wealdmoor Parks",
        owner=person(name="Olu Owner"),
        deputy=person(name="Dee Deputy"),
        risk=None,
        **fields,
    )
    RiskAssessmentFactory(account=account, review_on=DUE)
    return account


def before(days: int) -> date:
    return DUE - timedelta(days=days)


@pytest.mark.parametrize(
    ("left", "due"),
    [
        (31, None), (30, 30), (15, 30), (14, 14), (8, 14), (7, 7), (1, 7), (0, 0), (-1, 0),
        (-14, 0), (-15, HELD), (-99, HELD),
    ],
)  # fmt: skip
def test_each_warning_has_its_day(left: int, due: int | None) -> None:
    assert warning_due(DUE, before(left)) == due


def test_day_by_day_five_warnings_are_given_however_often_it_is_asked() -> None:
    an_account()

    given = {
        left: count
        for left in range(40, -40, -1)
        if (count := warn_of_reviews(before(left)) + warn_of_reviews(before(left)))
    }

    assert given == {30: 1, 14: 1, 7: 1, 0: 1, -15: 1}
    assert len(mail.outbox) == 5
    assert Entry.objects.filter(event=Event.RISK_WARNED).count() == 5


def test_after_a_pause_only_the_most_urgent_is_given() -> None:
    an_account()

    assert warn_of_reviews(before(5)) == 1
    assert [warned.days for warned in Warned.objects.all()] == [7]


def test_the_letter_goes_to_the_owner_and_the_deputy_and_says_what_happens(
    settings: Settings,
) -> None:
    settings.BASE_URL = "https://social.wealdmoor.example"
    account = an_account()

    warn_of_reviews(before(14))

    (letter,) = mail.outbox
    assert set(letter.to) == {person.email for person in (account.owner, account.deputy) if person}
    assert letter.subject == "Wealdmoor Parks: risk assessment, review due 30 June 2027"
    assert "is due for review on 30 June 2027" in letter.body
    assert "held from 15 July 2027" in letter.body
    assert f"https://social.wealdmoor.example/accounts/{account.pk}/" in letter.body
    warn_of_reviews(before(-15))
    assert "posts are held" in mail.outbox[1].subject
    assert "have been held since 15 July 2027" in mail.outbox[1].body


def test_the_trail_says_who_was_warned() -> None:
    an_account()

    warn_of_reviews(before(7))

    entry = Entry.objects.get(event=Event.RISK_WARNED)
    assert sentence(entry, "this account") == (
        "A warning was given that the risk of this account is to be reviewed:"
        " it is due on 30 June 2027"
    )
    assert entry.details["after"]["told"] == "Olu Owner, Dee Deputy"


def test_somebody_who_left_gets_no_letter() -> None:
    account = an_account()
    account.owner.employed_until = timezone.localdate() - timedelta(days=1)
    account.owner.save()

    warn_of_reviews(before(7))

    assert account.deputy
    assert mail.outbox[0].to == [account.deputy.email]


def test_a_letter_that_could_not_be_handed_over_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    an_account()

    def refuse(*args: object, **kwargs: object) -> None:
        raise SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr("accounts.actions.warning.send_review_letter", refuse)
        assert warn_of_reviews(before(7)) == 1
    assert Warned.objects.get().mailed_at is None
    assert warn_of_reviews(before(6)) == 0
    assert len(mail.outbox) == 1
    assert Warned.objects.get().mailed_at


def test_a_letter_that_waited_is_not_sent_once_the_risk_was_reviewed() -> None:
    account = an_account()
    about = str(account.risk_assessments.get().pk)
    Warned.objects.create(kind=WarningKind.RISK_REVIEW, account=account, about=about, days=7)
    later = timezone.now() + timedelta(minutes=1)
    RiskAssessmentFactory(account=account, assessed_at=later, review_on=DUE + timedelta(days=365))

    warn_of_reviews(before(6))

    assert not mail.outbox


@pytest.mark.parametrize("state", [AccountState.SUSPENDED, AccountState.CLOSED])
def test_only_live_accounts_are_warned_of(state: AccountState) -> None:
    an_account(state=state)

    assert warn_of_reviews(before(7)) == 0


def test_an_unsigned_assessment_ends_no_warning() -> None:
    account = an_account()
    RiskAssessmentFactory(account=account, signed_off_by=None, signed_off_at=None)

    assert warn_of_reviews(before(7)) == 1


def test_the_database_refuses_a_second_of_the_same() -> None:
    account = an_account()
    warned = {"kind": WarningKind.RISK_REVIEW, "account": account, "about": "1", "days": 7}
    Warned.objects.create(**warned)

    with pytest.raises(IntegrityError), transaction.atomic():
        Warned.objects.create(**warned)


def test_the_clock_asks_each_day(settings: Settings) -> None:
    entry = settings.CELERY_BEAT_SCHEDULE["risk_reviews"]

    assert app.tasks[entry["task"]].name == task.name
    assert (entry["schedule"].hour, entry["schedule"].minute) == ({6}, {0})
