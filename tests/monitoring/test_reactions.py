"""Replies to our posts within a day, and at which hour of the week posts drew most of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.models import SocialAccount
from monitoring.models import IntakeCursor
from monitoring.reactions import drawn, replies
from publishing.actions.campaigning import Plan, add_campaign
from publishing.campaigns.results import by_account, posts_of
from publishing.models import (
    Approval,
    Decision,
    Delivery,
    DeliveryState,
    Post,
    PostState,
    Version,
)
from publishing.planning.best_times import BestTimes, Hour, best_times
from tests.factories import AccountFactory, approver_of, communications_officer, drafter_of
from tests.monitoring.factories import MentionFactory
from tests.publishing.making import approved, drafted

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SINCE = NOW - timedelta(weeks=26)


@pytest.fixture(autouse=True)
def a_friday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def account() -> SocialAccount:
    made = AccountFactory()
    IntakeCursor.objects.create(account=made, succeeded_at=NOW)
    return made


@pytest.fixture
def sample(account: SocialAccount) -> Delivery:
    """A delivery to copy: posts of tests are slow to make by the dozen."""
    post = approved(drafter_of(account), approver_of(account), account)
    return post.deliveries.get()


def published(sample: Delivery, account: SocialAccount, at: datetime, *after: timedelta) -> None:
    """One more post on the account, with a reply so long after it each."""
    number = Delivery.objects.count()
    post = Post.objects.create(author=sample.post.author, title="Old", state=PostState.PUBLISHED,
                               version=sample.version)  # fmt: skip
    version = Version.objects.get(pk=sample.version_id)
    version.pk, version.post, version._state.adding = None, post, True
    version.save()
    author = sample.post.author
    Approval.objects.create(
        version=version, decision=Decision.APPROVED, digest=version.digest, author=author,
        editor=author, decided_by=sample.version.approvals.get().decided_by,
    )  # fmt: skip
    made = Delivery.objects.create(
        post=post, version=version, account=account, due_at=at, try_at=at
    )
    Delivery.objects.filter(pk=made.pk).update(
        state=DeliveryState.PUBLISHED, published_at=at, remote_id=f"remote-{number}",
        remote_url=f"https://x.example/{number}",
    )  # fmt: skip
    for later in after:
        MentionFactory(account=account, in_reply_to=f"remote-{number}", said_at=at + later)


HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_replies_count_for_a_day_and_only_to_that_post_on_that_account(sample, account):
    other = AccountFactory()
    at = NOW - 3 * DAY
    published(sample, account, at, HOUR, DAY - timedelta(seconds=1), DAY, -HOUR)
    published(sample, account, at - DAY)
    published(sample, other, at, HOUR)
    MentionFactory(account=other, in_reply_to="remote-1", said_at=at + HOUR)
    MentionFactory(account=account, in_reply_to="", said_at=at + HOUR)
    found = replies([account.pk, other.pk], SINCE)
    assert [(each.account_id, each.reactions) for each in found] == [
        (account.pk, 2),
        (account.pk, 0),
    ]


def test_what_posts_drew_so_far_is_added_up_by_account(sample, account):
    other = AccountFactory()
    published(sample, account, NOW - DAY, HOUR, 2 * HOUR)
    published(sample, account, NOW - 2 * HOUR, HOUR)
    published(sample, other, NOW - DAY, HOUR)
    assert drawn(Delivery.objects.all()) == {account.pk: 3}


def test_a_campaign_says_what_its_posts_drew_and_of_which_accounts_nobody_knows(
    client, sample, account
):
    officer, other = communications_officer(), AccountFactory(name="Wealdmoor Parks")
    campaign = add_campaign(plan=Plan(name="Budget", purpose="", owner=officer), by=officer)
    Version.objects.update(campaign=campaign)
    published(sample, account, NOW - DAY, HOUR, 2 * HOUR)
    published(sample, other, NOW - DAY, HOUR)
    found = by_account(posts_of(campaign, officer), officer)
    assert {row.account: row.drew for row in found} == {account: 2, other: None}
    client.force_login(officer)
    words = client.get(reverse("campaign", args=[campaign.pk])).text
    assert "replies and comments within 24 hours of a post" in words


def test_a_post_has_its_whole_day_first_and_old_ones_do_not_count(sample, account):
    published(sample, account, NOW - DAY + HOUR, HOUR)
    published(sample, account, SINCE - HOUR, HOUR)
    assert replies([account.pk], SINCE) == []


def test_the_best_hour_is_londons_in_summer_and_in_winter(sample, account):
    summer, winter = (
        datetime(2026, 7, 7, 8, 10, tzinfo=UTC),
        datetime(2026, 11, 3, 9, 50, tzinfo=UTC),
    )
    for week in range(2):
        published(sample, account, summer + week * 7 * DAY, HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR)
        published(sample, account, winter + week * 7 * DAY, HOUR, 2 * HOUR)
    for number in range(16):
        published(sample, account, datetime(2026, 8, 3, 14, tzinfo=UTC) + number * DAY)
    (found,) = best_times([account])
    assert found.best == Hour(1, 9, 4, 12)
    assert found.message.startswith(
        "Tuesday from 9am to 10am did best: 3.0 replies a post, from 4 posts."
    )


def test_as_many_questions_for_ten_accounts_as_for_one(
    sample, account, django_assert_max_num_queries
):
    several = [account, *(AccountFactory() for _ in range(9))]
    with django_assert_max_num_queries(1):
        best_times([account])
    with django_assert_max_num_queries(1):
        best_times(several)
    with django_assert_max_num_queries(0):
        best_times([])


def hours(*several: tuple[int, int]) -> BestTimes:
    """Hours of a Monday with so many posts and replies."""
    made = [Hour(0, 9 + at, posts, drew) for at, (posts, drew) in enumerate(several)]
    return BestTimes(SocialAccount(name="Libraries"), made)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (hours(), "There are no posts to go by so far, and it takes 20."),
        (hours((1, 90)), "There is 1 post to go by"),
        (hours((19, 90)), "There are 19 posts to go by so far, and it takes 20."),
        (hours((20, 9)), "20 posts drew 9 replies"),
        (hours((20, 0)), "20 posts drew no replies"),
        (hours((2, 90), (18, 0)), "spread out"),
    ],
)
def test_below_the_least_it_says_that_there_is_not_enough(found: BestTimes, words: str):
    assert found.best is None
    assert found.message.startswith("Not enough data yet.")
    assert words in found.message


def test_an_hour_of_few_posts_is_no_best_however_much_they_drew():
    found = hours((2, 90), (3, 9), (15, 15))
    assert found.best == Hour(0, 10, 3, 9)
    assert hours((3, 9), (5, 15), (12, 0)).best == Hour(0, 10, 5, 15), "of equals, the surer one"


def test_the_plan_shows_a_picture_with_its_table_and_the_composer_a_line(client, sample, account):
    for week in range(20):
        published(sample, account, NOW - (week + 2) * 7 * DAY, HOUR)
    client.force_login(communications_officer())
    plan = client.get(reverse("account_plan", args=[account.pk])).text
    assert "Friday from 1pm to 2pm did best: 1.0 reply a post, from 18 posts." in plan
    assert "cs-heat__hour--best" in plan
    assert "Hour of the week" in plan
    assert "replies and comments within 24 hours of a post" in plan
    draft = drafted(sample.post.author, account, text="New large print books.")
    client.force_login(sample.post.author)
    shown = client.get(reverse("post_edit", args=[draft.pk])).text
    assert "did best" in shown
    assert "When past posts did best" not in client.get(reverse("post_new")).text


def test_without_enough_the_plan_says_so_and_draws_nothing(client, account):
    client.force_login(communications_officer())
    plan = client.get(reverse("account_plan", args=[account.pk])).text
    assert "Not enough data yet." in plan
    assert "cs-heat__hour" not in plan
