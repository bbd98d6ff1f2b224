"""The list of posts: who sees what, in pieces, with few questions."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import CorporateRole
from publishing.models import Campaign, Post, PostState, Version, VersionFinding
from tests.factories import (
    RiskAssessmentFactory,
    ServiceAreaFactory,
    UserFactory,
    approver_of,
    communications_officer,
    drafter_of,
    person,
    site_owner_of,
)
from tests.publishing.making import (
    approved,
    decided,
    drafted,
    in_hours,
    newest,
    submitted,
)
from tests.visiting import text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "tab",
    ["waiting", "drafts", "returned", "scheduled", "missed", "unknown", "failed", "published",
     "closed", "all-waiting", "nonsense"],
)  # fmt: skip
def test_the_list_asks_few_questions_however_long_it_is(
    tab, client, officer, author, account, page, django_assert_max_num_queries
):
    for _ in range(3):
        submitted(author, account, page)
    client.force_login(officer)
    address = f"{reverse('posts')}?tab={tab}"
    client.get(address)
    with django_assert_max_num_queries(14):
        assert client.get(address).status_code == 200
    for _ in range(4):
        submitted(author, account, page)
        drafted(officer, account)
    with django_assert_max_num_queries(14):
        client.get(address)


def test_the_list_filters_sorts_and_pages(client, officer, author, account, page):
    posts = [submitted(author, account, title=f"Post {number}") for number in range(27)]
    submitted(author, page, title="Bin day", text="Bins on Monday.")
    client.force_login(officer)
    shown = client.get(reverse("posts"))
    assert "Waiting for me (28)" in shown.text
    following = client.get(f"{reverse('posts')}{shown.context['next']}")
    assert len(shown.context["rows"]) + len(following.context["rows"]) == 28
    found = client.get(reverse("posts"), {"tab": "waiting", "words": "bins mon"})
    assert [row.post.title for row in found.context["rows"]] == ["Bin day"]
    found = client.get(reverse("posts"), {"tab": "waiting", "account": page.pk})
    assert len(found.context["rows"]) == 1
    found = client.get(reverse("posts"), {"tab": "waiting", "author": "nobody"})
    assert "No posts match" in found.text
    found = client.get(reverse("posts"), {"tab": "waiting", "sort": "-changed"})
    assert found.context["rows"][0].post.title == "Bin day"
    assert posts


def test_what_some_accounts_did_not_get_stands_with_what_failed(client, officer, author, account):
    posts = [submitted(author, account, title=title) for title in ("Nobody got it", "Half got it")]
    for post, state in zip(posts, (PostState.FAILED, PostState.PART_PUBLISHED), strict=True):
        Post.objects.filter(pk=post.pk).update(state=state)
    client.force_login(officer)
    told = client.get(f"{reverse('posts')}?tab=failed").text
    assert "Nobody got it" in told
    assert "Half got it" in told
    assert "Failed or part-published (2)" in told


def test_what_went_out_once_approved_is_listed_with_its_time(client, officer, author, account):
    post = submitted(author, account)
    at = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
    Post.objects.filter(pk=post.pk).update(state=PostState.PUBLISHED, publish_at=None, due_at=at)
    client.force_login(officer)
    assert "Mon 2 Mar" in client.get(f"{reverse('posts')}?tab=published").text
    shown = text_of(client.get(reverse("post", args=[post.pk])))
    assert "2 March 2026 at 3pm" in shown
    assert "once it was approved" in shown


def test_a_member_sees_published_posts_only(client, author, approver, account):
    post = decided(submitted(author, account), approver)
    Post.objects.filter(pk=post.pk).update(state=PostState.PUBLISHED)
    waiting = submitted(author, account)
    client.force_login(person(CorporateRole.ELECTED_MEMBER))
    shown = client.get(reverse("posts"))
    assert [row.post.pk for row in shown.context["rows"]] == [post.pk]
    assert client.get(reverse("post", args=[waiting.pk])).status_code == 404


def test_a_published_post_is_duplicated_from_its_row_by_whoever_writes(
    client, author, approver, account
):
    post = approved(author, approver, account)
    Post.objects.filter(pk=post.pk).update(state=PostState.PUBLISHED)
    address = reverse("posts")
    client.force_login(person(CorporateRole.ELECTED_MEMBER))
    assert "Duplicate" not in client.get(address, {"tab": "published"}).text
    client.force_login(author)
    assert "Duplicate" not in client.get(address, {"tab": "drafts"}).text
    page = client.get(address, {"tab": "published"}).text
    assert reverse("post_duplicate", args=[post.pk]) in page
    [key] = re.findall(r'name="key" value="([0-9a-f-]{36})"', page)
    for _ in range(2):
        client.post(reverse("post_duplicate", args=[post.pk]), {"key": key})
    assert Post.objects.filter(author=author, state=PostState.DRAFT).count() == 1


def test_somebody_without_a_role_is_told_what_is_missing(client):
    client.force_login(UserFactory())
    answer = client.get(reverse("posts"))
    assert answer.status_code == 403
    assert client.get(reverse("post_new")).status_code == 403


def test_somebody_without_drafts_is_shown_how_to_begin_one(client, author):
    client.force_login(author)
    page = client.get(reverse("posts"), {"tab": "drafts"}).text
    empty = page[page.index("You have no drafts") :]
    assert f'href="{reverse("post_new")}"' in empty


READERS = {
    "of the corporate team": lambda here, there: communications_officer(),
    "who is a member": lambda here, there: person(CorporateRole.ELECTED_MEMBER),
    "with a role there": lambda here, there: drafter_of(there),
    "with a role on another account": lambda here, there: approver_of(here),
    "who answers for another account": lambda here, there: site_owner_of(here),
    "without a role": lambda here, there: UserFactory(),
    "who left": lambda here, there: drafter_of(here, there, is_active=False),
}


@pytest.mark.parametrize("reader", READERS)
def test_of_one_account_a_reader_sees_what_they_see_of_all_that_is_for_it(
    reader, author, account, page, approver
):
    somebody = READERS[reader](account, page)
    author.manager = somebody if reader == "without a role" else None
    author.save()
    writer = drafter_of(account, page)
    posts = [submitted(by, *on) for by in (author, writer)
             for on in ((account,), (page,), (account, page))]  # fmt: skip
    Post.objects.filter(pk=decided(posts[4], approver).pk).update(state=PostState.PUBLISHED)

    found = Post.objects.visible_on(page.pk, somebody)

    expected = Post.objects.visible_to(somebody).on_accounts([page.pk])
    assert set(found) == set(expected)
    assert found.count() == HOW_MANY[reader]


HOW_MANY = {
    "of the corporate team": 4,
    "who is a member": 1,
    "with a role there": 4,
    "with a role on another account": 2,
    "who answers for another account": 2,
    "without a role": 2,
    "who left": 0,
}


def test_nobody_finds_by_an_account_what_is_not_theirs(client, author, account, page):
    both, one = submitted(author, account, page), submitted(author, page)
    client.force_login(drafter_of(account))

    found = client.get(reverse("posts"), {"tab": "waiting", "account": page.pk})

    assert [row.post for row in found.context["rows"]] == [both]
    assert client.get(reverse("post", args=[one.pk])).status_code == 404


def found_with(client, tab="waiting", **asked) -> list[str]:
    shown = client.get(reverse("posts"), {"tab": tab, **asked})
    return sorted(row.post.title for row in shown.context["rows"])


@pytest.fixture
def three(author, account, page, settings):
    """Posts that differ in everything that is filtered by."""
    area = ServiceAreaFactory(name="Leisure")
    pool = ServiceAreaFactory(name="Pools", parent=area)
    campaign = Campaign.objects.create(name="Summer", tag="summer")
    titles = {"Pool": account, "Bins": page, "Books": account}
    posts = {
        title: submitted(author, on, title=title, at=in_hours(hours))
        for (title, on), hours in zip(titles.items(), (1, 30, 300), strict=True)
    }
    Post.objects.filter(pk=posts["Pool"].pk).update(service_area=pool)
    Version.objects.filter(post=posts["Bins"]).update(campaign=campaign)
    VersionFinding.objects.create(
        version=newest(posts["Books"]), check_key="hashtags", message="Hm", answer="It is a name."
    )
    VersionFinding.objects.create(version=newest(posts["Bins"]), check_key="hashtags", message="Hm")
    RiskAssessmentFactory(account=page, assessed_at=timezone.now(), likelihood=4, impact=4)
    return {"area": area.pk, "pool": pool.pk, "campaign": campaign.pk}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"service_area": "area"}, ["Pool"]),
        ({"service_area": "pool"}, ["Pool"]),
        ({"campaign": "campaign"}, ["Bins"]),
        ({"platform": "facebook"}, ["Bins"]),
        ({"due": "soon"}, ["Pool"]),
        ({"due": "today"}, ["Pool"]),
        ({"due": "week"}, ["Bins", "Pool"]),
        ({"checked_again": "on"}, ["Bins"]),
        ({"answered": "on"}, ["Books"]),
        ({"due": "week", "platform": "x"}, ["Pool"]),
        ({"due": "nonsense", "platform": "\x00", "campaign": "9" * 30}, ["Bins", "Books", "Pool"]),
    ],
)
def test_the_list_is_narrowed_down_by_what_a_post_is_for(
    clock, asked, found, client, officer, three
):
    client.force_login(officer)
    values = {name: three.get(value, value) for name, value in asked.items()}
    assert found_with(client, **values) == found


def test_a_filter_in_use_is_named_and_can_be_taken_away(client, officer, three):
    client.force_login(officer)
    shown = client.get(
        reverse("posts"),
        {"tab": "waiting", "due": "week", "campaign": three["campaign"], "answered": "on"},
    )
    named = {one["name"]: one["text"] for one in shown.context["selected"]}
    assert named == {"due": "In the next 7 days", "campaign": "Summer", "answered": "Yes"}
    assert all(f"{one['name']}=" not in one["href"] for one in shown.context["selected"])


def test_a_tab_of_several_states_is_narrowed_down_to_one(
    client, officer, author, approver, account
):
    decided(submitted(author, account, title="Later", at=in_hours(5)), approver)
    decided(submitted(author, account, title="Now"), approver)
    client.force_login(officer)
    assert found_with(client, "scheduled", state="scheduled") == ["Later"]
    assert found_with(client, "scheduled", state="draft") == ["Later", "Now"]
    assert "state" not in client.get(reverse("posts"), {"tab": "waiting"}).context["filter"].fields
