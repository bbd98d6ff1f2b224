"""The day of the last post: what we sent ourselves puts it forward, never back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from time_machine import Traveller

from accounts.models import SocialAccount
from publishing.last_posts import note_last_posts
from publishing.models import Delivery
from tests.factories import AccountFactory, approver_of, drafter_of
from tests.publishing.making import approved

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
DAY = timedelta(days=1)


def sent(account: SocialAccount, days_ago: int) -> None:
    """A post that went out at that time of an earlier day."""
    post = approved(drafter_of(account), approver_of(account), account)
    at = timezone.now() - days_ago * DAY
    Delivery.objects.filter(post=post).update(
        state="published", published_at=at, remote_url="https://x.example/1"
    )


def last_post_on(account: SocialAccount) -> date | None:
    return SocialAccount.objects.get(pk=account.pk).last_post_on


@pytest.mark.usefixtures("clock")
def test_the_newest_post_that_we_sent_is_the_last_one() -> None:
    account = AccountFactory()
    for days_ago in (9, 4, 6):
        sent(account, days_ago)

    assert note_last_posts() == 1
    assert last_post_on(account) == TODAY() - 4 * DAY
    assert note_last_posts() == 0


@pytest.mark.usefixtures("clock")
def test_a_later_day_that_somebody_entered_stands() -> None:
    account = AccountFactory(last_post_on=TODAY() - 2 * DAY)
    sent(account, 4)

    assert note_last_posts() == 0
    assert last_post_on(account) == TODAY() - 2 * DAY


def test_what_was_not_sent_does_not_count() -> None:
    account = AccountFactory(last_post_on=None)
    approved(drafter_of(account), approver_of(account), account)

    assert note_last_posts() == 0
    assert last_post_on(account) is None


def test_the_day_is_the_one_in_london(clock: Traveller) -> None:
    # Half past midnight in summer time: still the day before in UTC.
    clock.move_to(datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    account = AccountFactory()
    sent(account, 0)
    note_last_posts()

    assert last_post_on(account) == date(2026, 7, 1)
