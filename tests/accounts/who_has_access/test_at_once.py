"""Access reviews when two people, or two rounds of the clock, come at the same moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.actions.access_reviews import Given, answer_review
from accounts.actions.access_rounds import go_round
from accounts.models import AccessReview, ReviewAnswer, ReviewedGrant, SocialAccount
from audit.catalogue import Event
from audit.models import Entry
from tests.at_once import told_at_once
from tests.factories import AccountFactory, drafter_of, person

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)


@pytest.fixture
def account(transactional_db: None) -> SocialAccount:
    made = AccountFactory(owner=person(), deputy=person())
    SocialAccount.objects.update(added_at=timezone.now() - 300 * DAY)
    drafter_of(made)
    return made


def the_question() -> ReviewedGrant:
    return ReviewedGrant.objects.select_related("grant", "review").get()


def test_two_rounds_open_one_review_and_send_one_letter(account: SocialAccount) -> None:
    told_at_once(*[go_round] * 4)

    assert AccessReview.objects.count() == 1
    assert Entry.objects.filter(event=Event.ACCESS_REVIEW_OPENED).count() == 1
    assert len(mail.outbox) == 1


def test_of_owner_and_deputy_one_answer_counts(account: SocialAccount) -> None:
    go_round()
    row = the_question()
    keep, remove = Given(row.pk, keeps=True), Given(row.pk, keeps=False, reason="Left us")
    owner, deputy = account.owner, account.deputy
    assert deputy
    told_at_once(
        lambda: answer_review(by=owner, review=row.review, answers=[keep]),
        lambda: answer_review(by=deputy, review=row.review, answers=[remove]),
    )

    answers = (Event.ACCESS_CONFIRMED, Event.ACCOUNT_ROLE_REMOVED)
    assert Entry.objects.filter(event__in=answers).count() == 1
    asked = the_question()
    assert (asked.grant.ended_at is None) == (asked.answer == ReviewAnswer.CONFIRMED)


def test_an_answer_at_the_moment_of_the_lapse_is_one_or_the_other(
    account: SocialAccount,
) -> None:
    go_round()
    row = the_question()
    late = row.review.due_on + DAY
    keep = Given(row.pk, keeps=True)
    told_at_once(
        lambda: answer_review(by=account.owner, review=row.review, answers=[keep]),
        lambda: go_round(late),
        lambda: go_round(late),
    )

    asked = the_question()
    assert asked.answer in (ReviewAnswer.CONFIRMED, ReviewAnswer.LAPSED)
    assert (asked.grant.ended_at is None) == (asked.answer == ReviewAnswer.CONFIRMED)
    assert asked.review.closed_at
    answers = (Event.ACCESS_CONFIRMED, Event.ACCESS_LAPSED)
    assert Entry.objects.filter(event__in=answers).count() == 1
