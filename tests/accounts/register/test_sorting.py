"""The orders of the register: each way round, over pages, with what is not known in its place."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urljoin

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import AccountFactory, RiskAssessmentFactory, ServiceAreaFactory, UserFactory
from tests.visiting import as_person

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


def names(client: Client, query: str) -> list[str]:
    """Of the accounts, over all pages in the order of the pages."""
    address, found = f"{reverse('accounts')}?{query}", []
    for _ in range(10):
        text = client.get(address).content.decode()
        found += re.findall(r'<a href="/accounts/\d+/">([^<]+)</a>', text)
        onward = re.search(r'href="(\?[^"]*)" rel="next"', text)
        if not onward:
            return found
        address = urljoin(address, onward[1].replace("&amp;", "&"))
    raise AssertionError("The pages go on and on.")


@pytest.fixture
def client() -> Client:
    """One account of each kind: alpha knows nothing of itself."""
    AccountFactory(name="Alpha", platform="youtube", risk=None)
    bravo = AccountFactory(name="Bravo", platform="x", risk=None, last_post_on=TODAY())
    charlie = AccountFactory(
        name="Charlie", platform="facebook", risk=None, last_post_on=TODAY() - timedelta(days=9)
    )
    soon, later = TODAY() + timedelta(days=9), TODAY() + timedelta(days=99)
    RiskAssessmentFactory(account=bravo, likelihood=1, impact=2, review_on=soon)
    RiskAssessmentFactory(account=charlie, likelihood=5, impact=5, review_on=later)
    return as_person(UserFactory())


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", "ABC"),
        ("platform", "CBA"),
        ("risk", "ABC"),
        ("review", "BCA"),
        ("last_post", "ACB"),
    ],
)
def test_each_order_both_ways(client: Client, sort: str, order: str) -> None:
    assert "".join(name[0] for name in names(client, f"sort={sort}")) == order
    assert "".join(name[0] for name in names(client, f"sort=-{sort}")) == order[::-1]


@pytest.mark.slow
def test_the_pages_of_every_order_hold_each_account_once() -> None:
    owner, area = UserFactory(), ServiceAreaFactory()
    for number in range(60):
        AccountFactory(
            name=f"Account {number:02}",
            owner=owner,
            service_area=area,
            last_post_on=TODAY() - timedelta(days=number % 7) if number % 3 else None,
        )
    client = as_person(UserFactory())

    for sort in ("name", "platform", "risk", "review", "last_post"):
        forwards, backwards = names(client, f"sort={sort}"), names(client, f"sort=-{sort}")

        assert sorted(forwards) == sorted(set(forwards)), sort
        assert len(forwards) == 60, sort
        assert forwards == backwards[::-1], sort


def test_the_heads_say_how_it_is_sorted_and_keep_the_filters(client: Client) -> None:
    text = client.get(f"{reverse('accounts')}?state=live&sort=risk").content.decode()

    assert text.count('aria-sort="ascending"') == 1
    assert 'href="?state=live&amp;sort=-risk"' in text
    assert 'href="?state=live&amp;sort=name"' in text
    assert '<input type="hidden" name="sort" value="risk">' in text


@pytest.mark.parametrize("query", ["sort=burnt", "sort=", "sort=--risk", "sort=risk&after=%%"])
def test_an_order_that_is_none_is_the_usual_one(client: Client, query: str) -> None:
    assert names(client, query) == ["Alpha", "Bravo", "Charlie"]


def test_the_print_view_is_in_sheets_and_in_the_same_order() -> None:
    for number in range(103):
        AccountFactory(name=f"Account {number:03}", risk=None)
    client = as_person(UserFactory())

    text = client.get(f"{reverse('accounts_print')}?sort=-name").content.decode()

    assert "103 accounts" in text
    assert "100 of them here" in text
    assert "Account 102" in text
    assert "Account 002" not in text


def test_only_the_newest_signed_assessment_counts_in_the_filters() -> None:
    today = TODAY()
    calmer = AccountFactory(name="Calmer", risk=None)
    waiting = AccountFactory(name="Waiting", risk=None)
    for account, ago, score, signed in (
        (calmer, 400, 5, True),
        (calmer, 30, 1, True),
        (waiting, 400, 5, True),
        (waiting, 30, 1, False),
    ):
        RiskAssessmentFactory(
            account=account,
            likelihood=score,
            impact=score,
            assessed_at=timezone.now() - timedelta(days=ago),
            review_on=today + timedelta(days=365 - ago),
            **({} if signed else {"signed_off_by": None, "signed_off_at": None}),
        )
    client = as_person(UserFactory())

    assert names(client, "risk=high") == ["Waiting"]
    assert names(client, "risk=low") == ["Calmer"]
    assert names(client, "review=overdue") == ["Waiting"]
    assert names(client, "risk=none") == []
