"""Content plans: a target, what was and will be said, and the gaps between."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccountState
from accounts.permissions import CorporateRole
from audit.models import Entry
from publishing.actions.content_plans import set_plan
from publishing.models import ContentPlan, Post, PostState
from publishing.planning.spans import week_of
from publishing.planning.targets import BEFORE, lines_of
from tests.factories import AccountFactory, drafter_of, person, site_owner_of
from tests.publishing.making import submitted

pytestmark = pytest.mark.django_db


def in_week(post: Post, weeks: int, state: PostState) -> Post:
    """The post on the Tuesday so many weeks from this one."""
    monday = week_of(timezone.localdate()).begins
    due = monday + timedelta(weeks=weeks, days=1, hours=9)
    Post.objects.filter(pk=post.pk).update(due_at=due, publish_at=due, state=state)
    return post


def plan(account, number=2):
    owner = site_owner_of(account)
    return set_plan(by=owner, account_id=account.pk, posts_a_week=number, themes="Events\nBooks")


def test_weeks_count_what_is_published_scheduled_and_waiting(author, account, page):
    plan(account, 3)
    in_week(submitted(author, account, page), -1, PostState.PUBLISHED)
    in_week(submitted(author, account), -1, PostState.MISSED_SLOT)
    in_week(submitted(author, account), 1, PostState.SCHEDULED)
    in_week(submitted(author, account), 1, PostState.SECOND_CHECK)
    in_week(submitted(author, account), 2, PostState.WITHDRAWN)
    submitted(author, account)
    mine, other = lines_of([account, page], author)
    words = {number: mine.weeks[BEFORE + number].words for number in (-1, 0, 1, 2)}
    assert words == {
        -1: "1 of 3, 2 short",
        0: "0 of 3, 3 short",
        1: "2 of 3, 1 short",
        2: "0 of 3, 3 short",
    }
    assert other.weeks[BEFORE - 1].words == "1"
    assert len(mine.weeks) == 9


def test_an_owner_plans_their_account_and_the_trail_says_so(client, account, page):
    owner = site_owner_of(account)
    client.force_login(owner)
    address = reverse("account_plan", args=[account.pk])
    typed = {"posts_a_week": 4, "themes": "Events"}
    assert client.post(address, typed).status_code == 302
    assert client.post(address, typed).status_code == 302, "a second click"
    assert ContentPlan.objects.get(account=account).posts_a_week == 4
    assert Entry.objects.filter(event="plan.content_plan_set").count() == 1
    with pytest.raises(PermissionDenied):
        set_plan(by=owner, account_id=page.pk, posts_a_week=1, themes="")
    there = reverse("account_plan", args=[page.pk])
    assert "Save the plan" not in client.get(there).text
    assert client.post(there, typed).status_code == 403


@pytest.mark.parametrize("number", ["", "0", "101", "9" * 30, "x\x00y", "-1"])
def test_a_target_that_is_none_is_refused_and_nothing_typed_is_lost(number, client, account):
    client.force_login(site_owner_of(account))
    address = reverse("account_plan", args=[account.pk])
    answer = client.post(address, {"posts_a_week": number, "themes": "Our events"})
    assert answer.status_code == 422
    assert "Our events" in answer.text
    assert not ContentPlan.objects.exists()


def test_the_overview_shows_gaps_filters_and_leaves_as_csv(client, officer, author, account, page):
    plan(account)
    in_week(submitted(author, account), 1, PostState.SCHEDULED)
    AccountFactory(state=AccountState.SUSPENDED)
    client.force_login(officer)
    shown = client.get(reverse("plan"))
    assert "1 account has gaps next week" in shown.text
    assert [line.account for line in shown.context["lines"]] == sorted(
        [account, page], key=lambda each: each.name
    )
    short = client.get(reverse("plan"), {"show": "short"})
    assert [line.account for line in short.context["lines"]] == [account]
    assert "No accounts match" in client.get(reverse("plan"), {"platform": "flickr"}).text
    answer = client.get(reverse("plan_csv"), {"show": "planned"})
    text = b"".join(answer).decode().removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Scheduled"] for row in rows] == ["0"] * 5 + ["1"] + ["0"] * 3
    assert rows[5]["Short"] == "1"


def test_the_questions_do_not_grow_with_the_accounts(
    client, officer, account, page, django_assert_max_num_queries
):
    plan(account)
    client.force_login(officer)
    client.get(reverse("plan"))
    with django_assert_max_num_queries(14) as few:
        client.get(reverse("plan"))
    for _ in range(5):
        plan(AccountFactory())
    with django_assert_max_num_queries(len(few)):
        client.get(reverse("plan"))


def test_home_says_how_many_accounts_have_gaps(client, account, page):
    owner = site_owner_of(account)
    plan(account)
    plan(page)
    client.force_login(owner)
    tasks = {task.text: task.count for task in client.get(reverse("home")).context["tasks"]}
    assert tasks["Accounts with gaps next week"] == 1


def test_the_accounts_page_says_how_next_week_stands(client, officer, account):
    plan(account)
    client.force_login(officer)
    shown = client.get(reverse("account", args=[account.pk]))
    assert "Next week: 0 of 2, 2 short." in shown.text


def test_somebody_without_a_part_in_posts_sees_no_plans(client, account):
    client.force_login(person(CorporateRole.ELECTED_MEMBER))
    for name in ("plan", "plan_csv"):
        assert client.get(reverse(name)).status_code == 403
    assert client.get(reverse("account_plan", args=[account.pk])).status_code == 403


def test_a_drafter_is_told_true_gaps_of_their_accounts_and_of_others_only_what_they_may_read(
    client, author, account, page
):
    plan(account, 3)
    plan(page, 3)
    colleague = drafter_of(account, page, name="Bo Burke")
    mine = drafter_of(account, name="Cy Cole")
    in_week(submitted(colleague, account, text="Half-term crafts."), 1, PostState.SCHEDULED)
    in_week(submitted(colleague, page, text="Leaf bags are free."), 1, PostState.SCHEDULED)
    theirs, other = lines_of([account, page], mine)
    assert theirs.next.words == "1 of 3, 2 short"
    assert other.next.words == "0 that you may read"
    assert "not worked out" in other.message
    client.force_login(mine)
    shown = client.get(reverse("plan"))
    assert "1 account has gaps next week" in shown.text
    assert "only posts that you may read are counted" in shown.text
    rows = b"".join(client.get(reverse("plan_csv"))).decode()
    assert "not known" in rows
    short = client.get(reverse("plan"), {"show": "short"})
    assert [line.account for line in short.context["lines"]] == [account]
