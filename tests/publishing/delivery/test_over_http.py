"""The engine over HTTP: the vendors' own client libraries, the sandbox, and all its faults."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from pytest_django import Settings

from accounts.models import SocialAccount
from platforms.sandbox.running import RunningSandbox, running_sandbox
from publishing.models import Delivery, DeliveryState, MediaFile, VersionMedia
from tests.factories import AccountFactory
from tests.publishing.delivery.conftest import now_is
from tests.publishing.delivery.factories import approve, connect_account, seal, waiting
from tests.publishing.making import nobody_in

pytestmark = pytest.mark.django_db

Work = Callable[[], None]
TEXT = "The library is open on Sunday."
PLATFORMS = ("x", "facebook", "youtube")


@pytest.fixture(scope="module")
def shared() -> Iterator[RunningSandbox]:
    with running_sandbox(seed=5) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(shared: RunningSandbox, settings: Settings) -> RunningSandbox:
    shared.control.reset()
    settings.PLATFORM_TIMEOUT_S = 1.0
    settings.RETRY_FIRST_S = 0.1
    settings.ABSENCE_GAP_S = 0.3
    settings.CIRCUIT_FAILURES = 100
    return shared


def account_on(sandbox: RunningSandbox, platform: str) -> SocialAccount:
    account = AccountFactory(platform=platform, server_url=sandbox.base_urls[platform])
    credential = connect_account(account)
    made = sandbox.control.add_account(
        platform, account.handle, tokens=[credential["access_token"]]
    )
    account.remote_id = made["remote_id"]
    account.save()
    return account


def with_video(delivery: Delivery) -> Delivery:
    """The same, approved with a video."""
    data = b"\x00\x00\x00\x18ftypmp42" + b"0" * 5000
    version = delivery.version
    approver = version.approvals.get().decided_by
    kept = MediaFile.objects.create(
        kind="video",
        content_type="video/mp4",
        digest=hashlib.sha256(data).hexdigest(),
        file=ContentFile(data, name="library.mp4"),
        original_name="library.mp4",
        size=len(data),
        width=64,
        height=48,
        uploaded_by=delivery.post.author,
    )
    nobody_in(kept)
    VersionMedia.objects.create(version=version, file=kept, position=1, alt_text="The door opens")
    version.approvals.all().delete()
    seal(version)
    approve(version, approver)
    return delivery


def due_on(sandbox: RunningSandbox, platform: str) -> Delivery:
    return due_for(account_on(sandbox, platform))


def due_for(account: SocialAccount) -> Delivery:
    delivery = waiting(account, text=TEXT)
    return with_video(delivery) if account.platform == "youtube" else delivery


def settle(delivery: Delivery, work_off: Work, seconds: float = 20) -> Delivery:
    """Work until nothing is on its way any more, or only a person can go on."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        work_off()
        now = now_is(delivery)
        if now.asks_person or now.state not in (
            DeliveryState.WAITING,
            DeliveryState.SENDING,
            DeliveryState.UNKNOWN,
        ):
            return now
        time.sleep(0.1)
    return now_is(delivery)


def on_the_platform(sandbox: RunningSandbox, delivery: Delivery) -> dict[str, int]:
    account = delivery.account
    title = delivery.version.title if account.platform == "youtube" else ""
    return sandbox.control.copies(account.platform, account.handle, [TEXT], title=title)[0]


@pytest.fixture(autouse=True)
def own_media(settings: Settings, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("platform", PLATFORMS)
def test_it_arrives_once(sandbox: RunningSandbox, work_off: Work, platform: str) -> None:
    delivery = due_on(sandbox, platform)
    sent = settle(delivery, work_off)
    assert sent.state == DeliveryState.PUBLISHED, sent.reason
    assert sent.remote_url
    assert on_the_platform(sandbox, delivery)["copies"] == 1


@pytest.mark.slow
@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("fault", ["drop", "hang", "error_after"])
def test_one_call_where_the_platform_accepts_and_the_answer_is_lost(
    sandbox: RunningSandbox, work_off: Work, platform: str, fault: str
) -> None:
    delivery = due_on(sandbox, platform)
    sandbox.control.fault(fault, platform=platform, endpoint="publish", seconds=3)
    sent = settle(delivery, work_off)
    assert sent.state == DeliveryState.PUBLISHED, sent.reason
    assert on_the_platform(sandbox, delivery) == {"copies": 1, "calls": 1}


@pytest.mark.slow
@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("fault", ["error_before", "html", "empty", "malformed"])
def test_never_two_whatever_the_answer(
    sandbox: RunningSandbox, work_off: Work, platform: str, fault: str
) -> None:
    delivery = due_on(sandbox, platform)
    sandbox.control.fault(fault, platform=platform, endpoint="publish", seconds=1)
    sent = settle(delivery, work_off)
    found = on_the_platform(sandbox, delivery)["copies"]
    assert sent.state in (DeliveryState.PUBLISHED, DeliveryState.UNKNOWN), sent.reason
    assert found == (1 if sent.state == DeliveryState.PUBLISHED else 0)
    assert sent.asks_person == (sent.state == DeliveryState.UNKNOWN)


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("fault", ["expired", "revoked"])
def test_a_sign_in_that_ended_holds_it(
    sandbox: RunningSandbox, work_off: Work, platform: str, fault: str
) -> None:
    delivery = due_on(sandbox, platform)
    sandbox.control.fault(fault, platform=platform, times=0)
    held = settle(delivery, work_off)
    assert held.state == DeliveryState.HELD
    assert on_the_platform(sandbox, delivery)["copies"] == 0


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_rate_limit_is_waited_out(sandbox: RunningSandbox, work_off: Work, platform: str) -> None:
    delivery = due_on(sandbox, platform)
    sandbox.control.fault("rate_limit", platform=platform, endpoint="publish", seconds=30)
    work_off()
    put_off = now_is(delivery)
    assert put_off.state == DeliveryState.WAITING
    assert put_off.try_at >= put_off.due_at + timedelta(seconds=25)
    assert on_the_platform(sandbox, delivery)["copies"] == 0


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_platform_that_cannot_be_reached_is_tried_later(
    sandbox: RunningSandbox, work_off: Work, platform: str, settings: Settings
) -> None:
    account = account_on(sandbox, platform)
    account.server_url = "http://127.0.0.1:9"
    account.save()
    delivery = due_for(account)
    work_off()
    put_off = now_is(delivery)
    assert put_off.state == DeliveryState.WAITING
    assert put_off.try_at > put_off.due_at
