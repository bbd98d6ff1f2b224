"""Takedowns over HTTP: the vendors' own client libraries, the sandbox, and its faults."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from accounts.connection.adapters import connect
from accounts.models import SocialAccount, User
from platforms.sandbox.faults import FaultKind
from platforms.sandbox.running import RunningSandbox, running_sandbox
from publishing.actions.taking_down import take_down
from publishing.models import (
    Delivery,
    DeliveryState,
    Post,
    PostState,
    Removal,
    RemovalState,
    TakedownReason,
)
from tests.factories import AccountFactory
from tests.platforms import facebook_account, x_account, youtube_account
from tests.publishing.delivery.factories import approved_post, connect_account
from tests.publishing.takedown.conftest import Work

pytestmark = pytest.mark.django_db
K = FaultKind
PLATFORMS = ("x", "facebook", "youtube")
DELETES = {"x": "delete_post", "facebook": "delete", "youtube": "delete_video"}
TEXT = "The library is open on Sunday."


@pytest.fixture(scope="module")
def shared() -> Iterator[RunningSandbox]:
    with running_sandbox(seed=5) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(shared: RunningSandbox, settings: Settings) -> RunningSandbox:
    shared.control.reset()
    settings.PLATFORM_TIMEOUT_S = 1.0
    settings.RETRY_FIRST_S = 0.1
    settings.CIRCUIT_FAILURES = 100
    return shared


def live_on(sandbox: RunningSandbox, platform: str) -> Post:
    """A post that is live there, as the sandbox and our rows say."""
    account = AccountFactory(platform=platform, server_url=sandbox.base_urls[platform])
    credential = connect_account(account)
    made = sandbox.control.add_account(
        platform, account.handle, tokens=[credential["access_token"]]
    )
    account.remote_id = made["remote_id"]
    account.save()
    post = approved_post(account, text=TEXT)
    remote_id = _publish(account)
    post.deliveries.update(
        state=DeliveryState.PUBLISHED,
        published_at=post.publish_at,
        remote_id=remote_id,
        sent_text=TEXT,
    )
    Post.objects.filter(pk=post.pk).update(state=PostState.PUBLISHED)
    return post


def _publish(account: SocialAccount) -> str:
    outgoing = {
        "x": lambda: x_account.outgoing(TEXT),
        "facebook": lambda: facebook_account.outgoing(TEXT),
        "youtube": lambda: youtube_account.outgoing(text=TEXT),
    }[account.platform]()
    return connect(account).publish(outgoing, {}, lambda kept: None).remote_id


def removed(post: Post, by: User, work_off: Work, seconds: float = 15) -> Removal:
    take_down(post_id=post.pk, kind=TakedownReason.MISTAKE, reason="Wrong day.", by=by)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        work_off()
        removal = Removal.objects.select_related("delivery").get()
        if removal.state not in (RemovalState.WAITING, RemovalState.REMOVING):
            return removal
        time.sleep(0.1)
    return removal


def left(sandbox: RunningSandbox, post: Post) -> list[dict[str, Any]]:
    account = post.deliveries.select_related("account").get().account
    return sandbox.control.posts(account.platform, account.handle)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_it_is_gone_and_what_was_there_is_kept(
    sandbox: RunningSandbox, officer: User, work_off: Work, platform: str
) -> None:
    post = live_on(sandbox, platform)
    removal = removed(post, officer, work_off)
    assert removal.state == RemovalState.REMOVED, removal.detail
    assert left(sandbox, post) == []
    assert removal.snapshot["source"] == "platform"
    assert TEXT in removal.snapshot["text"]
    post.refresh_from_db()
    assert post.state == PostState.TAKEN_DOWN


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("kind", [K.ERROR_BEFORE, K.ERROR_AFTER, K.HANG, K.DROP])
def test_whatever_goes_wrong_once_it_is_gone_in_the_end(
    sandbox: RunningSandbox, officer: User, work_off: Work, platform: str, kind: FaultKind
) -> None:
    post = live_on(sandbox, platform)
    sandbox.control.fault(kind, platform=platform, endpoint=DELETES[platform], seconds=2)
    removal = removed(post, officer, work_off)
    assert removal.state == RemovalState.REMOVED, removal.detail
    assert removal.tries == 2
    assert left(sandbox, post) == []


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_rate_limit_waits_as_long_as_it_is_asked_to(
    sandbox: RunningSandbox, officer: User, work_off: Work, platform: str
) -> None:
    post = live_on(sandbox, platform)
    sandbox.control.fault(K.RATE_LIMIT, platform=platform, endpoint=DELETES[platform], seconds=120)
    take_down(post_id=post.pk, kind=TakedownReason.MISTAKE, reason="Wrong day.", by=officer)
    work_off()
    removal = Removal.objects.get()
    assert removal.state == RemovalState.WAITING
    assert 60 <= (removal.try_at - removal.snapshot_at).total_seconds() <= 200  # type: ignore[operator]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_is_refused_or_signed_out_is_for_a_person(
    sandbox: RunningSandbox, officer: User, work_off: Work, platform: str
) -> None:
    post, other = live_on(sandbox, platform), live_on(sandbox, platform)
    theirs = other.deliveries.get().remote_id
    Delivery.objects.filter(post=post).update(remote_id=theirs)
    refused = removed(post, officer, work_off)
    assert refused.state == RemovalState.BY_HAND
    assert refused.detail
    assert len(left(sandbox, other)) == 1


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_expired_sign_in_is_for_a_person_and_is_told_of_the_connection(
    sandbox: RunningSandbox, officer: User, work_off: Work, platform: str
) -> None:
    post = live_on(sandbox, platform)
    for _ in range(3):
        sandbox.control.fault(K.REVOKED, platform=platform)
    removal = removed(post, officer, work_off)
    assert removal.state == RemovalState.BY_HAND
    account = SocialAccount.objects.select_related("credential").get()
    assert account.credential.refused_at
