"""Mentions by day: every day is there, and the sentence says what the numbers say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from monitoring.models import DailyMentions
from monitoring.volume import mentions_by_day, message
from tests.factories import AccountFactory

LAST = date(2026, 11, 20)


@pytest.mark.django_db
def test_days_without_mentions_are_there_with_nought():
    account = AccountFactory()
    DailyMentions.objects.create(account=account, on=LAST, count=4)
    DailyMentions.objects.create(account=account, on=LAST - timedelta(days=2), count=1)

    volume = mentions_by_day(DailyMentions.objects.all(), LAST, days=4)

    assert [count for _, count in volume] == [0, 1, 0, 4]
    assert volume[-1] == (LAST, 4)


@pytest.mark.django_db
def test_accounts_are_added_up():
    for _ in range(3):
        DailyMentions.objects.create(account=AccountFactory(), on=LAST, count=2)

    assert mentions_by_day(DailyMentions.objects.all(), LAST, days=1) == [(LAST, 6)]


def test_the_message_names_total_trend_and_the_busiest_day():
    volume = [(LAST - timedelta(days=3 - n), count) for n, count in enumerate([1, 1, 5, 2])]

    assert message(volume) == (
        "9 mentions in 4 days, more in the second half than in the first; most on 19 November (5)."
    )


def test_the_message_says_when_there_is_nothing():
    assert message([(LAST, 0)]) == "No mentions in 1 days."
