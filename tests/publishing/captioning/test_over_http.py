"""Captions over HTTP: the vendor's own client library, the sandbox, and its faults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from accounts.models import SocialAccount
from platforms.sandbox.faults import FaultKind as K
from platforms.sandbox.running import RunningSandbox, running_sandbox
from publishing.models import Captions, Delivery, DeliveryState
from publishing.models import TrackState as S
from tests.factories import AccountFactory, communications_officer, drafter_of
from tests.platforms import youtube_account
from tests.publishing.captioning.conftest import Work
from tests.publishing.captioning.scripted import published, track
from tests.publishing.delivery.factories import connect_account
from tests.publishing.making import drafted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(scope="module")
def shared() -> Iterator[RunningSandbox]:
    with running_sandbox(seed=7) as sandbox:
        yield sandbox


@pytest.fixture
def over_http(shared: RunningSandbox, settings: Any) -> tuple[RunningSandbox, Delivery]:
    """A video that is really live there."""
    shared.control.reset()
    settings.PLATFORM_TIMEOUT_S = 0.6
    settings.CIRCUIT_FAILURES = 100
    channel = AccountFactory(platform="youtube", server_url=shared.base_urls["youtube"])
    token = connect_account(channel)["access_token"]
    made = shared.control.add_account("youtube", channel.handle, tokens=[token])
    SocialAccount.objects.filter(pk=channel.pk).update(remote_id=made["remote_id"])
    author = drafter_of(channel)
    delivery = published(
        drafted(author, channel), author, communications_officer(name="Another officer")
    )
    ours = youtube_account.youtube_account(shared, channel.handle)
    remote_id = ours.adapter.publish(youtube_account.outgoing(), {}, lambda kept: None).remote_id
    Delivery.objects.update(remote_id=remote_id)
    return shared, delivery


@pytest.mark.parametrize(
    ("kind", "accept"),
    [(None, True), (K.ERROR_BEFORE, False), (K.ERROR_AFTER, True), (K.HANG, True), (K.DROP, True),
     (K.DROP, False)],
)  # fmt: skip
def test_whatever_goes_wrong_there_is_one_track_in_the_end(
    kind: K | None,
    accept: bool,
    over_http: tuple[RunningSandbox, Delivery],
    work_off: Work,
    clock: time_machine.Traveller,
) -> None:
    sandbox, delivery = over_http
    if kind:
        sandbox.control.fault(
            kind, platform="youtube", endpoint="insert_captions", accept=accept, seconds=5
        )
    work_off()
    clock.shift(120)
    work_off()
    assert (track().state, track().detail) == (S.ADDED, "")
    [post] = sandbox.control.posts("youtube", delivery.account.handle)
    [kept] = post["extra"]["captions"]
    assert (kept["text"], kept["id"]) == (Captions.objects.get().text, track().remote_id)
    live = Delivery.objects.get(pk=delivery.pk)
    assert live.state == DeliveryState.PUBLISHED
    assert len(sandbox.control.posts("youtube", delivery.account.handle)) == 1


def test_a_permission_that_was_taken_away_is_said_with_what_to_do(
    over_http: tuple[RunningSandbox, Delivery], work_off: Work
) -> None:
    sandbox, delivery = over_http
    other = youtube_account.youtube_account(sandbox, "Another")
    remote_id = other.adapter.publish(youtube_account.outgoing(), {}, lambda kept: None).remote_id
    Delivery.objects.filter(pk=delivery.pk).update(remote_id=remote_id)
    work_off()
    assert track().state == S.BY_HAND
    assert "Connect the channel again and allow everything" in track().detail
