"""A channel, and who writes for it."""

from __future__ import annotations

import pytest

from accounts.models import SocialAccount, User
from tests.factories import AccountFactory, approver_of, drafter_of


@pytest.fixture
def channel(db: None) -> SocialAccount:
    return AccountFactory(platform="youtube", name="Wealdmoor TV", handle="wealdmoortv")


@pytest.fixture
def author(channel: SocialAccount) -> User:
    return drafter_of(channel, name="Priya Shah")


@pytest.fixture
def approver(channel: SocialAccount) -> User:
    return approver_of(channel, name="Tom Okafor")
