"""The stop: nothing leaves while it stands, and nothing bursts out when it is released."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from accounts.access import NotAllowed
from audit.models import Entry
from publishing.delivery import look_again
from publishing.delivery.stopping import place_stop, release_stop
from publishing.errors import Conflict, Refused
from publishing.models import DeliveryState, Stop
from tests.factories import digital_officer, drafter_of
from tests.publishing.delivery.conftest import Queue, now_is
from tests.publishing.delivery.factories import connected_account, waiting
from tests.publishing.delivery.scripted import Scripted

pytestmark = pytest.mark.django_db

Run = Callable[[float], None]


def test_nothing_is_claimed_under_a_stop(platform: Scripted, run: Run) -> None:
    delivery = waiting()
    place_stop(reason="An emergency.", by=digital_officer())
    run(5)
    assert now_is(delivery).state == DeliveryState.WAITING
    assert not delivery.attempts.exists()
    assert not platform.published


def test_it_goes_on_when_the_stop_is_released(platform: Scripted, run: Run) -> None:
    delivery = waiting()
    stop = place_stop(reason="An emergency.", by=digital_officer())
    run(2)
    release_stop(stop_id=stop.pk, reason="It is over.", by=digital_officer())
    run(2)
    assert now_is(delivery).state == DeliveryState.PUBLISHED


def test_there_is_no_burst(platform: Scripted, run: Run, settings: Settings) -> None:
    account = connected_account()
    start = timezone.now() - timedelta(minutes=10)
    posts = [
        waiting(account, text=f"Post {n}", due_at=start + timedelta(minutes=n)) for n in range(3)
    ]
    elsewhere = waiting(connected_account())
    stop = place_stop(reason="An emergency.", by=digital_officer())
    release_stop(stop_id=stop.pk, reason="It is over.", by=digital_officer())
    run(5)
    assert now_is(elsewhere).state == DeliveryState.PUBLISHED
    assert [now_is(post).state for post in posts] == ["published", "waiting", "waiting"]
    run(settings.RELEASE_GAP_S)
    assert [now_is(post).state for post in posts] == ["published", "published", "waiting"]


def test_what_became_too_late_meanwhile_is_missed(
    platform: Scripted, run: Run, clock: time_machine.Traveller
) -> None:
    delivery = waiting()
    place_stop(reason="An emergency.", by=digital_officer())
    clock.shift(61 * 60)
    look_again.look_again()
    assert now_is(delivery).state == DeliveryState.MISSED
    assert Entry.objects.filter(event="delivery.missed").exists()


def test_there_is_one_stop_at_a_time_and_each_is_released_once(queue: Queue) -> None:
    officer = digital_officer()
    stop = place_stop(reason="An emergency.", by=officer)
    with pytest.raises(Conflict):
        place_stop(reason="Another.", by=officer)
    release_stop(stop_id=stop.pk, reason="Over.", by=officer)
    with pytest.raises(Conflict):
        release_stop(stop_id=stop.pk, reason="Over.", by=officer)
    assert list(
        Entry.objects.filter(event__startswith="stop.").values_list("event", flat=True)
    ) == [
        "stop.placed",
        "stop.released",
    ]


def test_both_need_a_reason() -> None:
    officer = digital_officer()
    with pytest.raises(Refused):
        place_stop(reason="  ", by=officer)
    stop = place_stop(reason="An emergency.", by=officer)
    with pytest.raises(Refused):
        release_stop(stop_id=stop.pk, reason="", by=officer)


def test_only_who_may_stops_and_releases() -> None:
    drafter = drafter_of(connected_account())
    with pytest.raises(NotAllowed):
        place_stop(reason="An emergency.", by=drafter)
    stop = place_stop(reason="An emergency.", by=digital_officer())
    with pytest.raises(NotAllowed):
        release_stop(stop_id=stop.pk, reason="I want to.", by=drafter)
    assert Stop.objects.in_force().exists()
