"""Campaigns: begun, changed and closed by those who plan, with what their posts brought."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.access import NotAllowed as AccessRefused
from accounts.models import SocialAccount, User
from audit.models import Entry
from publishing.actions.campaigning import Plan, add_campaign, change_campaign, close_campaign
from publishing.actions.drafting import save_draft
from publishing.campaigns.results import by_account, numbers_of, posts_of
from publishing.errors import NotAllowed, Refused
from publishing.models import Campaign, Post
from tests.factories import AccountFactory, digital_officer, drafter_of, site_owner_of
from tests.publishing.making import approved, content, drafted, fresh, submitted
from tests.visiting import as_person, text_of

pytestmark = pytest.mark.django_db


def plan(owner: User, **changed: object) -> Plan:
    return Plan(**{"name": "Recycle right", "purpose": "Less waste", "owner": owner, **changed})  # type: ignore[arg-type]


@pytest.fixture
def campaign(officer: User) -> Campaign:
    return add_campaign(plan=plan(officer), by=officer)


def test_it_is_begun_with_a_tag_of_its_own(officer: User) -> None:
    first = add_campaign(plan=plan(officer), by=officer)
    second = add_campaign(plan=plan(officer, name="Recycle, right!"), by=officer)
    assert (first.tag, second.tag) == ("recycle-right", "recycle-right-2")
    assert Entry.objects.filter(event="plan.campaign_added").count() == 2


@pytest.mark.parametrize("name", ["Recycle right", "  recycle   RIGHT "])
def test_two_have_not_one_name(officer: User, campaign: Campaign, name: str) -> None:
    with pytest.raises(Refused) as refusal:
        add_campaign(plan=plan(officer, name=name), by=officer)
    assert refusal.value.field == "name"


def test_it_does_not_end_before_it_begins(officer: User) -> None:
    today = timezone.localdate()
    days = {"starts_on": today, "ends_on": today - timedelta(days=1)}
    with pytest.raises(Refused):
        add_campaign(plan=plan(officer, **days), by=officer)


def test_who_plans_nothing_adds_none(author: User) -> None:
    with pytest.raises(AccessRefused):
        add_campaign(plan=plan(author), by=author)


def test_it_is_changed_by_whoever_looks_after_it_and_by_the_corporate_team(
    campaign: Campaign, account: SocialAccount, officer: User
) -> None:
    owner = site_owner_of(account)
    with pytest.raises(NotAllowed, match="Ana Lewis"):
        change_campaign(campaign_id=campaign.pk, plan=plan(owner), by=owner)
    change_campaign(campaign_id=campaign.pk, plan=plan(owner), by=officer)
    change_campaign(campaign_id=campaign.pk, plan=plan(owner, name="Sort it"), by=owner)
    close_campaign(campaign_id=campaign.pk, by=digital_officer())
    campaign.refresh_from_db()
    assert (campaign.name, campaign.tag) == ("Sort it", "recycle-right")
    assert campaign.closed_at


def test_changing_nothing_and_closing_twice_leave_no_trace(
    campaign: Campaign, officer: User
) -> None:
    close_campaign(campaign_id=campaign.pk, by=officer)
    before = Entry.objects.count()
    close_campaign(campaign_id=campaign.pk, by=officer)
    change_campaign(campaign_id=campaign.pk, plan=plan(officer), by=officer)
    assert Entry.objects.count() == before


def test_no_new_post_is_for_a_closed_one(
    campaign: Campaign, officer: User, author: User, account: SocialAccount
) -> None:
    close_campaign(campaign_id=campaign.pk, by=officer)
    post = drafted(author, account)
    with pytest.raises(Refused):
        save_draft(
            post_id=post.pk,
            content=content(account, campaign_id=campaign.pk),
            revision=post.draft.revision,
            by=author,
        )


@pytest.fixture
def posts(campaign: Campaign, author: User, approver: User, account, page) -> list[Post]:
    given = {"campaign_id": campaign.pk}
    approved(author, approver, account, page, **given)
    submitted(author, account, **given)
    approved(author, approver, account)
    return list(Post.objects.all())


def test_its_posts_are_counted_by_state_and_account(
    campaign: Campaign, posts: list[Post], officer: User
) -> None:
    mine = posts_of(campaign, officer)
    numbers = numbers_of(mine)
    assert (numbers.published, numbers.going_out, numbers.waiting) == (0, 1, 1)
    rows = {row.account.name: (row.published, row.to_come) for row in by_account(mine, officer)}
    assert rows == {"Wealdmoor Libraries": (0, 2), "Wealdmoor Council": (0, 1)}


def test_a_reader_counts_only_posts_that_they_see(campaign: Campaign, posts: list[Post]) -> None:
    stranger = drafter_of(AccountFactory(handle="wmparks"))
    assert not posts_of(campaign, stranger).exists()
    words = text_of(as_person(stranger).get(reverse("campaign", args=[campaign.pk])))
    assert "No posts yet" in words
    assert "Library hours" not in words


def test_a_campaign_is_added_and_changed_on_its_pages(officer: User) -> None:
    client = as_person(officer)
    typed = {"name": "Recycle right", "purpose": "Less waste", "owner": officer.pk}
    answer = client.post(reverse("campaign_new"), typed)
    made = Campaign.objects.get()
    assert answer.headers["Location"] == reverse("campaign", args=[made.pk])
    answer = client.post(reverse("campaign_new"), typed)
    assert answer.status_code == 422
    assert "There is a campaign of this name already" in text_of(answer)
    client.post(reverse("campaign_change", args=[made.pk]), {**typed, "name": "Sort it"})
    assert "Sort it" in text_of(client.get(reverse("campaigns")))
    client.post(reverse("campaign_close", args=[made.pk]))
    assert "It was closed" in text_of(client.get(reverse("campaign", args=[made.pk])))


def test_the_pages_ask_as_much_for_many_as_for_few(
    campaign: Campaign, officer: User, author, account, django_assert_max_num_queries
) -> None:
    for number in range(4):
        add_campaign(plan=plan(officer, name=f"Campaign {number}"), by=officer)
        submitted(author, account, campaign_id=campaign.pk)
    client = as_person(officer)
    client.get(reverse("campaigns"))
    with django_assert_max_num_queries(9):
        client.get(reverse("campaigns"))
    with django_assert_max_num_queries(17):
        client.get(reverse("campaign", args=[campaign.pk]))
    assert fresh(Post.objects.first()).version.campaign == campaign  # type: ignore[arg-type, union-attr]
