"""Accounts, an officer, a platform by script, and a queue that a test empties itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.models import SocialAccount, User
from publishing.actions.taking_down import take_down
from publishing.models import Post, Takedown, TakedownReason
from publishing.takedown import removing, rounds
from tests.publishing.delivery.factories import connected_account
from tests.publishing.takedown.scripted import Scripted, live_post

Work = Callable[[], None]


@pytest.fixture
def account(db: None) -> SocialAccount:
    return connected_account(platform="x", name="Wealdmoor Libraries", handle="wmlibraries")


@pytest.fixture
def page(db: None) -> SocialAccount:
    return connected_account(platform="facebook", name="Wealdmoor Council", handle="wealdmoor")


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Scripted:
    """Every account's platform, by script."""
    scripted = Scripted()
    monkeypatch.setattr(removing, "connect", lambda account: scripted)
    return scripted


@pytest.fixture
def work_off(errand_queue: list[int]) -> Work:
    """One round, and what it hands out."""

    def work() -> None:
        rounds.take_down()
        while errand_queue:
            removing.remove_delivery(errand_queue.pop(0))

    return work


@pytest.fixture
def live(account: SocialAccount) -> Post:
    return live_post(account)


@pytest.fixture
def asked(live: Post, officer: User) -> Takedown:
    return taken_down(live, officer)


def taken_down(post: Post, by: User, reason: str = "It names a child.") -> Takedown:
    return take_down(post_id=post.pk, kind=TakedownReason.PERSONAL_DATA, reason=reason, by=by)
