"""Nothing leaves twice, each guard by itself: rows as only a fault, or a hand, can make them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from platforms.contract import Absent
from platforms.errors import Rejected, SignInExpired, TryLater
from publishing.delivery import reconcile, send
from publishing.delivery import sweep as sweeping
from publishing.delivery.begin import Begun, begin_all
from publishing.delivery.lease import Lease, LeaseLost
from publishing.models import Attempt, AttemptOutcome, Delivery, DeliveryState
from tests.publishing.delivery.conftest import Queue, now_is
from tests.publishing.delivery.factories import waiting
from tests.publishing.delivery.scripted import Scripted

pytestmark = pytest.mark.django_db

Work = Callable[[], None]


def claimed() -> Delivery:
    delivery = waiting()
    sweeping.sweep()
    return now_is(delivery)


def test_a_message_that_two_threads_have_at_once_starts_one_attempt(queue: Queue) -> None:
    delivery = claimed()

    answers = begin_all([delivery.pk, delivery.pk])

    started = [answer[0] for answer in answers if answer]
    assert [type(each) for each in started] == [Begun]


def test_what_was_never_claimed_is_not_sent(platform: Scripted, queue: Queue) -> None:
    delivery = waiting()
    Attempt.objects.create(delivery=delivery, number=1, claimed_at=timezone.now())

    send.send_delivery(delivery.pk)

    assert platform.published == []
    assert now_is(delivery).state == DeliveryState.WAITING


def test_an_attempt_that_has_ended_is_not_begun(platform: Scripted, queue: Queue) -> None:
    delivery = claimed()
    delivery.attempts.update(ended_at=timezone.now(), outcome=AttemptOutcome.TRY_LATER)

    send.send_delivery(delivery.pk)

    assert platform.published == []


def test_an_older_attempt_cannot_renew_the_lease_of_a_newer_one(queue: Queue) -> None:
    delivery = claimed()
    old = delivery.attempts.get()
    delivery.attempts.update(ended_at=timezone.now(), outcome=AttemptOutcome.UNKNOWN)
    Attempt.objects.create(delivery=delivery, number=2, claimed_at=timezone.now())

    with pytest.raises(LeaseLost):
        Lease(delivery.pk, old.pk, {})({"publishing": True})


def test_a_look_for_an_older_attempt_says_nothing_about_a_newer_one(
    platform: Scripted, queue: Queue
) -> None:
    delivery = claimed()
    now = timezone.now()
    delivery.attempts.update(started_at=now, ended_at=now, outcome=AttemptOutcome.UNKNOWN)
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.UNKNOWN, lease_until=None)

    def sent_meanwhile(platform: Scripted) -> object:
        Attempt.objects.create(
            delivery=delivery,
            number=2,
            claimed_at=now,
            started_at=now,
            ended_at=now,
            outcome=AttemptOutcome.UNKNOWN,
        )
        return Absent(safe_to_repeat=True)

    platform.finds = [sent_meanwhile]
    reconcile.reconcile_delivery(delivery.pk)

    assert now_is(delivery).absent_since is None


@pytest.mark.parametrize("error", [TryLater, Rejected, SignInExpired])
def test_a_late_refusal_does_not_undo_the_doubt(
    error: Callable[[str], Exception],
    platform: Scripted,
    work_off: Work,
    clock: time_machine.Traveller,
    settings: Settings,
) -> None:
    def late(platform: Scripted) -> object:
        clock.shift(settings.LEASE_S + 1)
        sweeping.sweep()
        raise error("Too late.")

    platform.publishes = [late]
    delivery = waiting()
    sweeping.sweep()
    send.send_delivery(delivery.pk)

    assert now_is(delivery).state == DeliveryState.UNKNOWN
    assert delivery.attempts.get().outcome == AttemptOutcome.UNKNOWN
