"""Posts on accounts that somebody connected by signing in at the platform, over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Credential, SocialAccount
from monitoring.intake import take_in
from monitoring.models import Mention
from platforms.sandbox.running import RunningSandbox, running_sandbox
from publishing.delivery.look_again import look_again
from publishing.models import Delivery, DeliveryState
from tests.accounts.connection.at_the_sandbox import HANDLE, PLATFORMS, AtPlatform, set_up
from tests.factories import digital_officer
from tests.publishing.delivery.conftest import now_is
from tests.publishing.delivery.factories import waiting
from tests.publishing.delivery.test_over_http import TEXT, due_for, on_the_platform, settle

pytestmark = pytest.mark.django_db

Work = Callable[[], None]
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def shared() -> Iterator[RunningSandbox]:
    with running_sandbox(seed=9) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(shared: RunningSandbox, settings: Settings, tmp_path: object) -> RunningSandbox:
    shared.control.reset()
    set_up(settings, shared)
    settings.MEDIA_ROOT = tmp_path
    settings.RETRY_FIRST_S = 0.1
    return shared


def signed_in(sandbox: RunningSandbox, platform: str) -> SocialAccount:
    at = AtPlatform(sandbox, platform)
    return at.connect(digital_officer(), at.register()).account


def ends_in(left: timedelta) -> None:
    Credential.objects.update(access_expires_at=timezone.now() + left)


def sent(delivery: Delivery, work_off: Work) -> Delivery:
    found = settle(delivery, work_off)
    assert found.state == DeliveryState.PUBLISHED, found.reason
    return found


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_post_arrives_once(sandbox: RunningSandbox, work_off: Work, platform: str) -> None:
    delivery = due_for(signed_in(sandbox, platform))

    sent(delivery, work_off)
    assert on_the_platform(sandbox, delivery) == {"copies": 1, "calls": 1}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_people_say_comes_in(sandbox: RunningSandbox, work_off: Work, platform: str) -> None:
    account = signed_in(sandbox, platform)
    sent(due_for(account), work_off)
    sandbox.control.say(platform, HANDLE, "Are you open on Sunday?")

    take_in(account.pk)
    assert Mention.objects.get().text.endswith("Are you open on Sunday?")


@pytest.mark.parametrize("platform", ["x", "youtube"])
def test_a_token_that_ended_is_renewed_before_the_post_leaves(
    sandbox: RunningSandbox, work_off: Work, platform: str
) -> None:
    delivery = due_for(signed_in(sandbox, platform))
    ends_in(-MINUTE)

    sent(delivery, work_off)
    assert sandbox.control.refreshes(platform) == {"done": 1, "refused": 0}


def test_a_post_is_never_in_doubt_because_a_token_could_not_be_renewed(
    sandbox: RunningSandbox, work_off: Work
) -> None:
    """The answer of the token server is lost: that says nothing about the post, which waits."""
    delivery = waiting(signed_in(sandbox, "x"), text=TEXT)
    ends_in(-MINUTE)
    sandbox.control.fault("error_before", platform="x", endpoint="token")
    work_off()

    put_off = now_is(delivery)
    assert (put_off.state, put_off.asks_person) == (DeliveryState.WAITING, False)
    assert on_the_platform(sandbox, delivery) == {"copies": 0, "calls": 0}
    sent(delivery, work_off)
    assert on_the_platform(sandbox, delivery) == {"copies": 1, "calls": 1}


def test_a_sign_in_that_cannot_be_renewed_any_more_holds_the_post_for_a_person(
    sandbox: RunningSandbox, work_off: Work
) -> None:
    account = signed_in(sandbox, "x")
    delivery = waiting(account, text=TEXT)
    ends_in(-MINUTE)
    # The answer is lost, and the token that works once is spent by it.
    sandbox.control.fault("error_after", platform="x", endpoint="token")

    held = settle(delivery, work_off, seconds=5)
    assert held.state == DeliveryState.HELD
    assert Credential.objects.get().refused_at

    at = AtPlatform(sandbox, "x")
    at.connect(digital_officer(), SocialAccount.objects.get(pk=account.pk))
    Delivery.objects.update(try_at=timezone.now())
    look_again()
    sent(delivery, work_off)
