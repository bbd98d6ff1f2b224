"""People and an account that most tests about posts need."""

from __future__ import annotations

import pytest

from accounts.models import SocialAccount, User
from publishing.delivery import errands
from tests.factories import AccountFactory, approver_of, communications_officer, drafter_of


@pytest.fixture(autouse=True)
def no_second_factor(settings) -> None:
    """Its own tests are with the people; here everybody has done it."""
    settings.TWO_FACTOR_REQUIRED = False


@pytest.fixture
def account(db) -> SocialAccount:
    return AccountFactory(platform="x", name="Wealdmoor Libraries", handle="wmlibraries")


@pytest.fixture
def page(db) -> SocialAccount:
    return AccountFactory(platform="facebook", name="Wealdmoor Council", handle="wealdmoor")


@pytest.fixture
def author(account: SocialAccount, page: SocialAccount) -> User:
    return drafter_of(account, page, name="Priya Shah")


@pytest.fixture
def approver(account: SocialAccount, page: SocialAccount) -> User:
    return approver_of(account, page, name="Tom Okafor")


@pytest.fixture
def officer(db) -> User:
    return communications_officer(name="Ana Lewis")


@pytest.fixture
def as_author(client, author):
    client.force_login(author)
    return client


@pytest.fixture
def as_approver(client, approver):
    client.force_login(approver)
    return client


@pytest.fixture
def errand_queue(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What was handed to the broker, and not yet worked off."""
    waiting: list[int] = []
    monkeypatch.setattr(errands, "enqueue", lambda task, ids: waiting.extend(ids))
    return waiting
