"""Access reviews: opened by the clock, answered by the owner, and silence ends a role."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import Settings

from accounts.access import NotAllowed, account_roles
from accounts.actions.access_reviews import NOT_OWN, Given, answer_review
from accounts.actions.access_rounds import go_round
from accounts.actions.leaving import end_employment
from accounts.models import (
    AccessReview,
    AccountState,
    ReviewAnswer,
    ReviewedGrant,
    SocialAccount,
    User,
    Warned,
)
from accounts.permissions import AccountRole
from accounts.tasks import review_access
from audit.catalogue import Event
from audit.models import Entry
from audit.presenters import sentence
from council_social.celery import app
from tests.factories import (
    AccountFactory,
    AccountGrantFactory,
    communications_officer,
    digital_officer,
    drafter_of,
    person,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
TODAY = date(2027, 5, 3)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(f"{TODAY}T10:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def account(clock: time_machine.Traveller) -> SocialAccount:
    """On the register for seven months, with an owner, a deputy and two drafters."""
    made = AccountFactory(
        name="Wealdmoor Parks",
        owner=person(name="Olu Owner"),
        deputy=person(name="Dee Deputy"),
    )
    SocialAccount.objects.filter(pk=made.pk).update(added_at=timezone.now() - 215 * DAY)
    drafter_of(made, name="Ann")
    drafter_of(made, name="Ben")
    return made


def deputy_of(account: SocialAccount) -> User:
    assert account.deputy
    return account.deputy


def review_of(account: SocialAccount) -> AccessReview:
    go_round(timezone.localdate())
    return account.access_reviews.get()


def question(review: AccessReview, name: str) -> ReviewedGrant:
    return review.grants.get(grant__user__name=name)


def says(review: AccessReview, name: str, *, keeps: bool, reason: str = "") -> Given:
    return Given(question(review, name).pk, keeps, reason)


def test_a_review_asks_about_every_role_in_force(account: SocialAccount) -> None:
    AccountGrantFactory(account=account, user=person(name="Gone"), ends_on=TODAY - DAY)
    left = person(name="Left", employed_until=TODAY - DAY)
    AccountGrantFactory(account=account, user=left)

    review = review_of(account)

    assert [row.grant.user.name for row in review.grants.all()] == ["Ann", "Ben"]
    assert review.due_on == TODAY + 28 * DAY
    entry = Entry.objects.get(event=Event.ACCESS_REVIEW_OPENED)
    assert entry.details["after"] == {"roles": 2, "due_on": "2027-05-31"}


@pytest.mark.parametrize(
    ("days", "opened"), [(100, False), (180, False), (181, True)]
)  # fmt: skip
def test_the_first_comes_six_months_after_the_account(
    account: SocialAccount, days: int, opened: bool
) -> None:
    SocialAccount.objects.update(added_at=timezone.now() - days * DAY)

    go_round(TODAY)

    assert AccessReview.objects.exists() == opened


def test_the_next_comes_six_months_after_the_last(
    account: SocialAccount, clock: time_machine.Traveller
) -> None:
    review = review_of(account)
    answer_review(
        by=account.owner,
        review=review,
        answers=[says(review, "Ann", keeps=True), says(review, "Ben", keeps=True)],
    )
    opened = []
    for day in range(200):
        clock.shift(DAY)
        go_round(timezone.localdate())
        if account.access_reviews.count() > 1:
            opened.append(day)
            break
    assert opened
    assert timezone.localdate() == date(2027, 11, 3)


@pytest.mark.parametrize(
    "state", [AccountState.CLOSED, AccountState.PARTNER, AccountState.REQUESTED]
)
def test_only_accounts_in_use_are_reviewed(account: SocialAccount, state: AccountState) -> None:
    SocialAccount.objects.update(state=state)

    go_round(TODAY)

    assert not AccessReview.objects.exists()


def test_an_account_on_which_nobody_has_a_role_is_not_asked_about(
    account: SocialAccount,
) -> None:
    account.grants.update(ended_at=timezone.now())

    go_round(TODAY)

    assert not AccessReview.objects.exists()


def test_asking_again_and_again_opens_one(account: SocialAccount) -> None:
    for _ in range(3):
        go_round(TODAY)

    assert AccessReview.objects.count() == 1
    assert Entry.objects.filter(event=Event.ACCESS_REVIEW_OPENED).count() == 1
    assert len(mail.outbox) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessReview.objects.create(account=account, due_on=TODAY)


def test_confirmed_is_kept_and_removed_ends_at_once(account: SocialAccount) -> None:
    review = review_of(account)
    ann, ben = (question(review, name).grant.user for name in ("Ann", "Ben"))

    answer_review(
        by=account.owner,
        review=review,
        answers=[
            says(review, "Ann", keeps=True),
            says(review, "Ben", keeps=False, reason="Moved to Housing"),
        ],
    )

    assert account_roles(ann, account) == {AccountRole.DRAFTER}
    assert account_roles(ben, account) == frozenset()
    kept, removed = question(review, "Ann"), question(review, "Ben")
    assert (kept.answer, kept.by) == (ReviewAnswer.CONFIRMED, account.owner)
    assert (removed.answer, removed.reason) == (ReviewAnswer.REMOVED, "Moved to Housing")
    review.refresh_from_db()
    assert review.closed_at
    events = [Event.ACCESS_CONFIRMED, Event.ACCOUNT_ROLE_REMOVED, Event.ACCESS_REVIEW_CLOSED]
    said = [sentence(entry, "it") for entry in Entry.objects.filter(event__in=events)]
    assert said == [
        "Olu Owner confirmed the role Drafter of Ann on it",
        "Olu Owner took the role Drafter from Ben on it",
        "The access review of it ended",
    ]


def test_some_can_be_answered_now_and_others_later(account: SocialAccount) -> None:
    review = review_of(account)

    answer_review(by=deputy_of(account), review=review, answers=[says(review, "Ann", keeps=True)])

    review.refresh_from_db()
    assert review.closed_at is None
    assert [row.grant.user.name for row in review.grants.unanswered()] == ["Ben"]


def test_nobody_confirms_their_own_role(account: SocialAccount) -> None:
    AccountGrantFactory(account=account, user=account.owner, role=AccountRole.APPROVER)
    review = review_of(account)
    own = says(review, "Olu Owner", keeps=True)

    with pytest.raises(ValidationError, match=NOT_OWN):
        answer_review(by=account.owner, review=review, answers=[own])
    assert not Entry.objects.filter(event=Event.ACCESS_CONFIRMED).exists()
    answer_review(by=deputy_of(account), review=review, answers=[own])
    assert question(review, "Olu Owner").by == account.deputy


def test_one_can_give_up_ones_own(account: SocialAccount) -> None:
    AccountGrantFactory(account=account, user=account.owner, role=AccountRole.APPROVER)
    review = review_of(account)

    answer_review(
        by=account.owner,
        review=review,
        answers=[says(review, "Olu Owner", keeps=False, reason="I only read")],
    )

    assert AccountRole.APPROVER not in account_roles(account.owner, account)


def test_a_removal_needs_its_reason_and_nothing_is_half_kept(account: SocialAccount) -> None:
    review = review_of(account)

    with pytest.raises(ValidationError, match="Say why"):
        answer_review(
            by=account.owner,
            review=review,
            answers=[says(review, "Ann", keeps=True), says(review, "Ben", keeps=False)],
        )

    assert review.grants.unanswered().count() == 2


@pytest.mark.parametrize("who", ["officer", "drafter", "elsewhere"])
def test_only_who_answers_for_the_account_or_the_digital_team_answers(
    account: SocialAccount, who: str
) -> None:
    people: dict[str, User] = {
        "officer": communications_officer(),
        "drafter": account.grants.all()[0].user,
        "elsewhere": AccountFactory(owner=person()).owner,
    }
    review = review_of(account)

    with pytest.raises(NotAllowed):
        answer_review(by=people[who], review=review, answers=[says(review, "Ann", keeps=True)])
    answer_review(by=digital_officer(), review=review, answers=[says(review, "Ann", keeps=True)])


def test_the_first_answer_stands(account: SocialAccount) -> None:
    review = review_of(account)
    answer_review(by=account.owner, review=review, answers=[says(review, "Ann", keeps=True)])

    answer_review(
        by=deputy_of(account),
        review=review,
        answers=[says(review, "Ann", keeps=False, reason="Too late")],
    )

    assert question(review, "Ann").answer == ReviewAnswer.CONFIRMED


def test_a_role_that_ends_meanwhile_needs_no_answer(account: SocialAccount) -> None:
    review = review_of(account)
    answer_review(by=account.owner, review=review, answers=[says(review, "Ann", keeps=True)])
    end_employment(by=None, person=question(review, "Ben").grant.user, last_day=TODAY - DAY)

    go_round(TODAY)

    assert question(review, "Ben").answer == ReviewAnswer.ENDED
    review.refresh_from_db()
    assert review.closed_at


def test_the_day_after_the_last_what_nobody_confirmed_lapses(
    account: SocialAccount, clock: time_machine.Traveller
) -> None:
    review = review_of(account)
    answer_review(by=account.owner, review=review, answers=[says(review, "Ann", keeps=True)])
    ann, ben = (question(review, name).grant.user for name in ("Ann", "Ben"))
    clock.shift(28 * DAY)
    go_round(timezone.localdate())
    assert account_roles(ben, account)

    clock.shift(DAY)
    for _ in range(3):
        go_round(timezone.localdate())

    assert account_roles(ann, account) == {AccountRole.DRAFTER}
    assert account_roles(ben, account) == frozenset()
    assert question(review, "Ben").answer == ReviewAnswer.LAPSED
    entry = Entry.objects.get(event=Event.ACCESS_LAPSED)
    assert sentence(entry, "it") == "The role Drafter of Ben on it lapsed"
    assert entry.reason == "Nobody confirmed it by 31 May 2027"
    with pytest.raises(ValidationError, match="This review ended on 1 June 2027"):
        answer_review(by=account.owner, review=review, answers=[])


def test_letters_come_at_the_opening_and_14_7_and_1_days_before_and_when_it_lapsed(
    account: SocialAccount, clock: time_machine.Traveller, settings: Settings
) -> None:
    settings.BASE_URL = "https://social.wealdmoor.example"
    days = {}
    for day in range(33):
        before = len(mail.outbox)
        for _ in range(2):
            go_round(timezone.localdate())
        if len(mail.outbox) > before:
            days[day] = len(mail.outbox) - before
        clock.shift(DAY)

    assert days == {0: 1, 14: 1, 21: 1, 27: 1, 29: 1}
    first, last = mail.outbox[0], mail.outbox[-1]
    assert first.subject == "Wealdmoor Parks: who needs access? By 31 May 2027"
    assert set(first.to) == {account.owner.email, deputy_of(account).email}
    assert "- Ann, Drafter\n- Ben, Drafter" in first.body
    assert f"https://social.wealdmoor.example/accounts/{account.pk}/access/review/" in first.body
    assert last.subject == "Wealdmoor Parks: access has lapsed"
    assert Entry.objects.filter(event=Event.ACCESS_REVIEW_WARNED).count() == 4


def test_the_digital_team_is_told_where_nobody_answers_for_the_account(
    account: SocialAccount,
) -> None:
    digital = digital_officer()
    User.objects.filter(pk__in=(account.owner_id, account.deputy_id)).update(
        employed_until=TODAY - DAY
    )

    go_round(TODAY)

    assert mail.outbox[0].to == [digital.email]


def test_a_letter_that_could_not_be_handed_over_is_tried_again(
    account: SocialAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr("accounts.actions.access_rounds.send_access_letter", refuse)
        go_round(TODAY)
    assert Warned.objects.get().mailed_at is None
    go_round(TODAY)
    assert len(mail.outbox) == 1


def test_months_and_days_are_settings(account: SocialAccount, settings: Settings) -> None:
    settings.ACCESS_REVIEW_MONTHS, settings.ACCESS_REVIEW_DAYS = 8, 10

    go_round(TODAY)
    assert not AccessReview.objects.exists()
    settings.ACCESS_REVIEW_MONTHS = 7
    assert review_of(account).due_on == TODAY + 10 * DAY


def test_the_clock_asks_each_day(settings: Settings) -> None:
    entry = settings.CELERY_BEAT_SCHEDULE["access_reviews"]

    assert app.tasks[entry["task"]].name == review_access.name
    assert (entry["schedule"].hour, entry["schedule"].minute) == ({6}, {20})
