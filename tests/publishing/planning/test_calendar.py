"""The calendar: who sees what, on which day, with few questions, whatever is asked."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from accounts.permissions import CorporateRole
from publishing.elections.packs import pack_of
from publishing.models import (
    Campaign,
    Delivery,
    ElectionPeriod,
    NameKind,
    Nation,
    NonWorkingDay,
    PollKind,
    Post,
    PostState,
)
from publishing.planning.spans import Span, month_of, week_of
from tests.factories import ServiceAreaFactory, UserFactory, person, site_owner_of
from tests.publishing.making import approved, drafted, submitted

pytestmark = pytest.mark.django_db

NOVEMBER = {"month": "2026-11"}


@pytest.fixture
def november():
    with time_machine.travel(datetime(2026, 11, 2, 9, tzinfo=UTC), tick=False):
        yield


def at(*moment: int) -> datetime:
    year, month, day, hour, minute = (*moment, 0, 0)[:5]
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def cells(answer) -> dict[date, list[str]]:
    """The titles that each day of the table shows."""
    days = [day for week in answer.context["weeks"] for day in week if day.drawn.total]
    return {day.on: [entry.post.title for entry in day.drawn.entries] for day in days}


def put_on(author, account, *moments: datetime, state=PostState.SCHEDULED) -> list[Post]:
    """Posts in the calendar at these moments, as many as tests of the list need."""
    one = submitted(author, account)
    posts = []
    for number, moment in enumerate(moments):
        key = one.key if number == 0 else uuid.uuid4()
        changed = {"title": f"Post {number}", "publish_at": moment, "due_at": moment, "key": key}
        columns = {**_columns(one), **changed, "state": state}
        Post.objects.update_or_create(key=key, defaults=columns)
        posts.append(Post.objects.get(key=key))
    return posts


def _columns(post: Post) -> dict[str, Any]:
    """What a second post of the same version has in common with it."""
    names = ("author_id", "service_area_id", "version_id")
    return {name: getattr(post, name) for name in names}


def test_a_post_stands_on_its_day_with_its_time_its_state_and_where_it_goes(
    client, november, officer, author, approver, account
):
    post = approved(author, approver, account, title="Bin day", at=at(2026, 11, 5, 9, 30))
    client.force_login(officer)
    shown = client.get(reverse("calendar"))
    assert cells(shown) == {date(2026, 11, 5): ["Bin day"]}
    assert "9:30am" in shown.text
    assert "Scheduled" in shown.text
    assert reverse("post_schedule", args=[post.pk]) in shown.text
    assert "publish_on=2026-11-05" in shown.text
    assert "publish_on=2026-11-01" not in shown.text, "a day that is over"


ROLES = {
    "an officer": (lambda author, account: person(CorporateRole.COMMUNICATIONS_OFFICER), 3),
    "an auditor": (lambda author, account: person(CorporateRole.AUDITOR), 3),
    "a member": (lambda author, account: person(CorporateRole.ELECTED_MEMBER), 1),
    "the site owner": (lambda author, account: site_owner_of(account), 3),
    "the author": (lambda author, account: author, 3),
    "a member of staff": (lambda author, account: UserFactory(), 0),
}


@pytest.mark.parametrize("view", ["calendar", "calendar_week", "calendar_list", "calendar_print"])
@pytest.mark.parametrize("role", ROLES)
def test_each_sees_only_what_they_may(role, view, client, november, author, account):
    make, number = ROLES[role]
    put_on(author, account, at(2026, 11, 3, 9), at(2026, 11, 3, 10))
    put_on(author, account, at(2026, 11, 3, 8), state=PostState.PUBLISHED)
    client.force_login(make(author, account))
    shown = client.get(reverse(view))
    if view in ("calendar_list", "calendar_print"):
        assert len(shown.context["entries"]) == number
    else:
        assert shown.context["total"] == number


def test_a_full_day_shows_the_first_and_leads_to_the_rest(
    client, november, officer, author, account
):
    put_on(author, account, *(at(2026, 11, 6, 9, n) for n in range(5)))
    client.force_login(officer)
    shown = client.get(reverse("calendar"), NOVEMBER)
    assert cells(shown) == {date(2026, 11, 6): ["Post 0", "Post 1", "Post 2"]}
    assert "+2 more" in shown.text
    (day,) = [day for week in shown.context["weeks"] for day in week if day.drawn.total]
    assert len(client.get(day.href).context["entries"]) == 5


@pytest.mark.parametrize("view", ["calendar", "calendar_week", "calendar_list", "calendar_print"])
def test_the_questions_do_not_grow_with_the_posts(
    view, client, november, officer, author, account, page, django_assert_max_num_queries
):
    client.force_login(officer)
    put_on(author, account, at(2026, 11, 3, 9))
    client.get(reverse(view))
    with django_assert_max_num_queries(18) as few:
        client.get(reverse(view))
    put_on(author, page, *(at(2026, 11, 2 + n % 7, 10 + n) for n in range(9)))
    with django_assert_max_num_queries(len(few)):
        client.get(reverse(view))


NONSENSE = (
    "99999-13", "0000-00", "2026-13", "x\x00y", "9" * 30, "-1", "1899-12", "2200-01",
)  # fmt: skip


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_in_the_address_shows_today(nonsense, client, november, officer):
    client.force_login(officer)
    everything = dict.fromkeys(
        ("month", "week", "day", "account", "platform", "area", "campaign", "state", "author",
         "after", "before"),
        nonsense,
    )  # fmt: skip
    assert client.get(reverse("calendar"), everything).context["span"].value == "2026-11"
    week = client.get(reverse("calendar_week"), everything).context["span"]
    assert week.value == "2026-11-02"
    assert client.get(reverse("calendar_list"), everything).status_code == 200


@pytest.mark.parametrize(("month", "missing"), [("1900-01", "previous"), ("2199-12", "next")])
def test_where_the_calendar_ends_nothing_leads_on(month, missing, client, officer):
    client.force_login(officer)
    shown = client.get(reverse("calendar"), {"month": month})
    assert shown.status_code == 200
    assert shown.context[missing] == ""


def test_the_filters_stay_from_month_to_month_and_from_view_to_view(
    client, november, officer, author, account, page
):
    put_on(author, account, at(2026, 11, 3, 9))
    put_on(author, page, at(2026, 11, 4, 9), at(2026, 11, 4, 10))
    client.force_login(officer)
    shown = client.get(reverse("calendar"), {**NOVEMBER, "account": account.pk})
    assert shown.context["total"] == 1
    kept = f"account={account.pk}"
    context = shown.context
    assert all(kept in context[name] for name in ("previous", "next", "today", "paper"))
    assert all(kept in view["href"] for view in context["views"])
    assert "month=2026-12" in context["next"]


def test_each_filter_narrows_down(client, november, officer, author, account, page):
    (post,) = put_on(author, account, at(2026, 11, 3, 9))
    (other,) = put_on(officer, page, at(2026, 11, 4, 9), state=PostState.PUBLISHED)
    area = ServiceAreaFactory(name="Parks")
    Post.objects.filter(pk=post.pk).update(service_area=area)
    campaign = Campaign.objects.create(name="Recycle right", tag="recycle-right")
    client.force_login(officer)
    for asked, expected in (
        ({"platform": page.platform}, [other]),
        ({"area": area.pk}, [post]),
        ({"state": "published"}, [other]),
        ({"author": author.name}, [post]),
        ({"campaign": campaign.pk}, []),
    ):
        shown = client.get(reverse("calendar_list"), {**NOVEMBER, **asked})
        assert [entry.post for entry in shown.context["entries"]] == expected, asked
    assert "No posts match" in shown.text


def test_drafts_and_what_has_no_time_stand_aside(client, november, officer, author, account):
    draft = drafted(author, account, title="Half a thought")
    waiting = submitted(author, account, title="As soon as approved")
    client.force_login(officer)
    shown = client.get(reverse("calendar"))
    assert shown.context["total"] == 0
    assert "No posts this month" in shown.text
    assert set(shown.context["aside"].posts) == {draft, waiting}


def test_two_posts_close_together_on_one_account_are_marked(
    client, november, officer, author, account, page
):
    put_on(author, account, at(2026, 11, 3, 9), at(2026, 11, 3, 9, 30), at(2026, 11, 3, 12))
    put_on(author, page, at(2026, 11, 3, 12))
    client.force_login(officer)
    entries = client.get(reverse("calendar_list"), NOVEMBER).context["entries"]
    assert [entry.clashes for entry in entries] == [True, True, False, False]


def test_bank_holidays_and_elections_are_said(client, officer):
    period = ElectionPeriod.objects.create(
        name="Borough election",
        nation=Nation.ENGLAND,
        kind=PollKind.LOCAL,
        suggested_notice_on=date(2027, 3, 25),
        notice_on=date(2027, 3, 25),
        poll_on=date(2027, 5, 6),
        created_by=officer,
    )
    guide = reverse("election_guide", args=[period.pk])
    client.force_login(officer)
    may = client.get(reverse("calendar"), {"month": "2027-05"})
    assert "Polling day: Borough election" in may.text
    assert "May Day" in may.text
    assert may.text.count('class="cs-day__mark cs-day__mark--election"') == 6
    assert may.text.count(f'<a href="{guide}">Pre-election period: Borough election</a>') == 5
    assert "Notice of election" in client.get(reverse("calendar"), {"month": "2027-03"}).text
    ElectionPeriod.objects.update(cancelled_by=officer, cancelled_at=at(2027, 1, 1))
    assert str(period) not in client.get(reverse("calendar"), {"month": "2027-05"}).text


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (at(2026, 3, 28, 23, 59), date(2026, 3, 28)),
        (at(2026, 3, 29, 23, 30), date(2026, 3, 30)),  # half past midnight, in summer time
        (at(2026, 10, 24, 23, 30), date(2026, 10, 25)),
        (at(2026, 10, 25, 23, 30), date(2026, 10, 25)),  # the day has 25 hours
        (at(2026, 12, 31, 23, 59), date(2026, 12, 31)),
        (at(2027, 1, 1, 0, 0), date(2027, 1, 1)),
    ],
)
def test_a_post_stands_on_its_day_in_london(moment, day, client, officer, author, account):
    put_on(author, account, moment)
    client.force_login(officer)
    month = client.get(reverse("calendar"), {"month": f"{day:%Y-%m}"})
    assert cells(month) == {day: ["Post 0"]}
    week = client.get(reverse("calendar_week"), {"week": day.isoformat()})
    assert cells(week) == {day: ["Post 0"]}


def hours_of(span: Span) -> float:
    # Between two moments of one zone, Python reckons by the clock on the wall.
    return (span.ends.astimezone(UTC) - span.begins.astimezone(UTC)).total_seconds() / 3600


def test_weeks_and_months_are_whole_across_clock_changes_and_years():
    spring, autumn = week_of(date(2026, 3, 29)), week_of(date(2026, 10, 25))
    assert hours_of(spring) == 7 * 24 - 1
    assert hours_of(autumn) == 7 * 24 + 1
    turn = week_of(date(2026, 12, 31))
    assert (turn.first, turn.last) == (date(2026, 12, 28), date(2027, 1, 3))
    assert turn.next is not None
    assert turn.next.value == "2027-01-04"
    december = month_of(date(2026, 12, 31))
    assert (december.last.day, december.next and december.next.value) == (31, "2027-01")


def test_moving_a_post_leads_back_to_the_calendar_one_came_from(
    client, november, author, approver, account
):
    post = approved(author, approver, account, at=at(2026, 11, 5, 9))
    client.force_login(approver)
    back = f"{reverse('calendar')}?month=2026-11"
    page = client.get(reverse("post_schedule", args=[post.pk]), {"back": back})
    form = {**page.context["form"].initial, "publish_on": "2026-11-09", "do": "move"}
    moved = client.post(f"{page.request['PATH_INFO']}?{page.request['QUERY_STRING']}", form)
    assert moved["Location"] == back
    assert date(2026, 11, 9) in cells(client.get(back))
    assert not Delivery.objects.open().exists()


@pytest.mark.parametrize("away", ["https://evil.example/calendar/", "//evil.example", "/\\evil"])
def test_moving_a_post_leads_nowhere_else(away, client, november, author, approver, account):
    post = approved(author, approver, account, at=at(2026, 11, 5, 9))
    client.force_login(approver)
    page = client.get(reverse("post_schedule", args=[post.pk]), {"back": away})
    assert page.context["back"] == reverse("post", args=[post.pk])


def test_a_post_for_a_day_begins_with_that_day(client, november, author):
    client.force_login(author)
    page = client.get(reverse("post_new"), {"publish_on": "2026-11-05"})
    assert 'value="2026-11-05"' in page.text or "5/11/2026" in page.text


@pytest.mark.parametrize(
    ("nation", "said"), [("england", False), ("scotland", True), ("northern_ireland", False)]
)
def test_bank_holidays_are_those_of_the_councils_nation(nation, said, client, officer, settings):
    settings.COUNCIL_NATION = nation
    client.force_login(officer)
    marks = client.get(reverse("calendar"), {"month": "2026-11"}).context["marks"]
    assert (date(2026, 11, 30) in marks) is said, "Saint Andrew's Day"


def test_a_day_entered_by_hand_is_said_in_its_nation(client, officer):
    NonWorkingDay.objects.create(on=date(2026, 11, 12), name="Day of mourning")
    NonWorkingDay.objects.create(on=date(2026, 11, 13), nation="wales", name="Elsewhere")
    client.force_login(officer)
    marks = client.get(reverse("calendar"), {"month": "2026-11"}).context["marks"]
    assert [(day.day, mark.words) for day, several in marks.items() for mark in several] == [
        (12, "Day of mourning")
    ]


def test_the_guide_of_an_election_links_to_the_nations_rules_and_names_nobody(client, officer):
    period = ElectionPeriod.objects.create(
        name="Council election",
        nation=Nation.WALES,
        kind=PollKind.LOCAL,
        suggested_notice_on=date(2027, 3, 25),
        notice_on=date(2027, 3, 25),
        poll_on=date(2027, 5, 6),
        created_by=officer,
    )
    period.names.create(name="Councillor Blodwen Pugh", kind=NameKind.MEMBER)
    client.force_login(UserFactory())
    guide = reverse("election_guide", args=[period.pk])
    shown = client.get(guide).text
    assert pack_of(Nation.WALES).main.name in shown
    assert "Pugh" not in shown
    ElectionPeriod.objects.update(cancelled_by=officer, cancelled_at=at(2027, 1, 1))
    assert client.get(guide).status_code == 404
