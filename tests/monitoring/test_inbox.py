"""The inbox: what one may see of what is said, narrowed down, in pieces."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import CorporateRole
from monitoring.models import DailyMentions
from tests.factories import AccountFactory, communications_officer, drafter_of, person
from tests.monitoring.factories import MentionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    officer = communications_officer()
    client.force_login(officer)
    return officer


def shown(client, **query) -> list[str]:
    response = client.get(reverse("inbox"), query)
    assert response.status_code == 200
    return [mention.text for mention in response.context["page"].rows]


def test_mentions_are_listed_newest_first(client, officer):
    MentionFactory(text="older", said_at=timezone.now() - timedelta(days=2))
    MentionFactory(text="newer", said_at=timezone.now() - timedelta(days=1))

    assert shown(client) == ["newer", "older"]


def test_a_drafter_sees_the_mentions_of_their_own_accounts_only(client):
    mine, other = AccountFactory(), AccountFactory()
    MentionFactory(account=mine, text="to mine")
    hidden = MentionFactory(account=other, text="to another")
    client.force_login(drafter_of(mine))

    assert shown(client) == ["to mine"]
    assert client.get(reverse("mention", args=[hidden.pk])).status_code == 404


def test_a_member_of_staff_without_a_role_is_told_who_can_help(client):
    client.force_login(person())

    response = client.get(reverse("inbox"))

    assert response.status_code == 403
    assert b"digital team" in response.content


def test_a_member_is_not_let_in(client):
    client.force_login(person(CorporateRole.ELECTED_MEMBER))

    assert client.get(reverse("inbox")).status_code == 403


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"words": "bin"}, ["my bin was missed"]),
        ({"platform": "facebook"}, ["my bin was missed"]),
        ({"kind": "tagged"}, ["lovely library"]),
        ({"platform": ["x", "facebook"]}, ["lovely library", "my bin was missed"]),
        ({"words": "potholes"}, []),
    ],
)
def test_mentions_are_narrowed_down(client, officer, query, expected):
    now = timezone.now()
    MentionFactory(account__platform="x", kind="tagged", text="lovely library", said_at=now)
    MentionFactory(
        account__platform="facebook",
        kind="comment",
        text="my bin was missed",
        said_at=now - timedelta(hours=1),
    )

    assert shown(client, **query) == expected


def test_days_are_whole_days_in_london(client, officer):
    today = timezone.localdate()
    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    MentionFactory(text="just after midnight", said_at=start)
    MentionFactory(text="the evening before", said_at=start - timedelta(seconds=1))

    assert shown(client, since=today.strftime("%d/%m/%Y")) == ["just after midnight"]
    yesterday = today - timedelta(days=1)
    assert shown(client, until=yesterday.strftime("%d/%m/%Y")) == ["the evening before"]


def test_a_date_that_is_none_gets_a_message_and_keeps_what_was_typed(client, officer):
    response = client.get(reverse("inbox"), {"since": "the day before yesterday"})

    assert response.status_code == 200
    assert b"the day before yesterday" in response.content
    assert b"There is a problem" in response.content


def test_a_long_list_comes_in_pieces_that_miss_nothing(client, officer):
    for number in range(60):
        MentionFactory(text=f"number {number}")
    seen, query = [], ""
    for _ in range(5):
        page = client.get(reverse("inbox") + f"?{query}").context["page"]
        seen += [mention.pk for mention in page.rows]
        query = page.next_query
        if not query:
            break

    assert len(seen) == len(set(seen)) == 60


def test_nonsense_in_the_address_shows_the_first_piece(client, officer):
    MentionFactory(text="here")

    assert shown(client, after="nonsense") == ["here"]


@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_queries_does_not_grow_with_the_list(
    client, officer, count, django_assert_max_num_queries
):
    account = AccountFactory()
    for _ in range(count):
        MentionFactory(account=account)

    with django_assert_max_num_queries(15):
        shown(client)


def test_the_chart_has_its_numbers_as_a_file(client, officer):
    DailyMentions.objects.create(account=AccountFactory(), on=timezone.localdate(), count=7)

    response = client.get(reverse("mentions_by_day_csv"))

    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "Day,Mentions"
    assert lines[-1] == f"{timezone.localdate()},7"
    assert len(lines) == 31


def test_an_empty_inbox_says_so(client, officer):
    assert b"All caught up" in client.get(reverse("inbox")).content


def test_filters_that_match_nothing_offer_to_be_cleared(client, officer):
    MentionFactory(text="here")

    content = client.get(reverse("inbox"), {"words": "zebra"}).content
    assert b"No mentions match" in content
    assert b"Clear filters" in content
