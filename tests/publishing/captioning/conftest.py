"""A channel, and who writes for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.models import SocialAccount, User
from publishing.captioning import adding, engine
from publishing.models import Delivery
from tests.factories import AccountFactory, approver_of, drafter_of
from tests.publishing.captioning.scripted import Scripted, published
from tests.publishing.delivery.factories import connect_account
from tests.publishing.making import drafted

Work = Callable[[], None]


@pytest.fixture
def channel(db: None) -> SocialAccount:
    return AccountFactory(platform="youtube", name="Wealdmoor TV", handle="wealdmoortv")


@pytest.fixture
def author(channel: SocialAccount) -> User:
    return drafter_of(channel, name="Priya Shah")


@pytest.fixture
def approver(channel: SocialAccount) -> User:
    return approver_of(channel, name="Tom Okafor")


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Scripted:
    scripted = Scripted()
    monkeypatch.setattr(adding, "captioner_of", lambda account: scripted)
    return scripted


@pytest.fixture
def work_off(errand_queue: list[int]) -> Work:
    """One round, and what it hands out."""

    def work() -> None:
        engine.caption()
        while errand_queue:
            adding.add_captions(errand_queue.pop(0))

    return work


@pytest.fixture
def live(author: User, approver: User, channel: SocialAccount) -> Delivery:
    """A video with captions, approved and published on the channel."""
    connect_account(channel)
    return published(drafted(author, channel), author, approver)
