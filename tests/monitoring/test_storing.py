"""Mentions are stored once, and the daily counts agree with the rows."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from monitoring import storing
from monitoring.models import DailyMentions, Mention
from tests.factories import AccountFactory
from tests.monitoring.factories import found

pytestmark = pytest.mark.django_db


def test_a_mention_is_stored_with_all_that_the_platform_said():
    account = AccountFactory()
    said_at = datetime(2026, 11, 20, 14, 3, 5, 123456, tzinfo=UTC)
    one = found("77", said_at, in_reply_to="76", text="Where is my bin? 🗑️")

    assert storing.store(account.pk, [one], timezone.now()) == 1

    stored = Mention.objects.get()
    assert (stored.account, stored.remote_id, stored.in_reply_to) == (account, "77", "76")
    assert (stored.text, stored.said_at) == ("Where is my bin? 🗑️", said_at)
    assert (stored.author_name, stored.author_handle) == (one.author_name, one.author_handle)


def test_what_no_database_holds_and_no_browser_should_follow_is_left_out():
    account = AccountFactory()
    hostile = found(
        "7\0 7",
        url="javascript:alert(1)",
        author_name="Dee\0 \ud83d",
        author_handle="\udfff",
        text="half a face \ud83d and a \0",
        in_reply_to="\ud800",
    )

    assert storing.store(account.pk, [hostile], timezone.now()) == 1
    assert storing.store(account.pk, [hostile], timezone.now()) == 0

    stored = Mention.objects.get()
    assert stored.url == ""
    assert stored.text.startswith("half a face")
    assert "\0" not in stored.author_name + stored.text + stored.remote_id


def test_storing_the_same_page_again_changes_nothing():
    account = AccountFactory()
    page = [found("1"), found("2")]
    storing.store(account.pk, page, timezone.now())

    assert storing.store(account.pk, page, timezone.now()) == 0
    assert Mention.objects.count() == 2
    assert sum(DailyMentions.objects.values_list("count", flat=True)) == 2


def test_a_platform_that_names_a_mention_twice_on_a_page_gives_one_row():
    account = AccountFactory()

    assert storing.store(account.pk, [found("1"), found("1")], timezone.now()) == 1
    assert DailyMentions.objects.get().count == 1


def test_two_accounts_may_be_named_in_one_mention():
    for account in (AccountFactory(), AccountFactory()):
        storing.store(account.pk, [found("1")], timezone.now())

    assert Mention.objects.count() == 2


def test_days_are_counted_in_london_not_in_utc():
    account = AccountFactory()
    just_after_midnight_in_london = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)

    storing.store(account.pk, [found("1", just_after_midnight_in_london)], timezone.now())

    assert DailyMentions.objects.get().on == date(2026, 7, 1)


def test_a_page_longer_than_one_statement_is_stored_whole():
    account = AccountFactory()
    page = [found(str(n)) for n in range(storing.MOST_ROWS + 20)]

    assert storing.store(account.pk, page, timezone.now()) == len(page)
    assert Mention.objects.count() == len(page)


class StoringInAnyPieces(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.lists(st.integers(0, 12), max_size=8), max_size=6))
    def test_any_overlapping_pages_give_each_mention_once(self, pages):
        account = AccountFactory()
        for page in pages:
            storing.store(account.pk, [found(f"r{n}") for n in page], timezone.now())

        distinct = {n for page in pages for n in page}
        assert Mention.objects.filter(account=account).count() == len(distinct)
        counts = DailyMentions.objects.filter(account=account).values_list("count", flat=True)
        assert sum(counts) == len(distinct)
