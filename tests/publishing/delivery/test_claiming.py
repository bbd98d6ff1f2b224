"""Claiming: who goes first, who waits, and how many at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from accounts.models import SocialAccount
from platforms.errors import OutcomeUnknown, Rejected, TryLater
from publishing.delivery import claim, queueing, send
from publishing.delivery import sweep as sweeping
from publishing.models import Attempt, Delivery, DeliveryState
from tests.at_once import at_once
from tests.publishing.delivery.conftest import Queue, now_is
from tests.publishing.delivery.factories import connected_account, waiting
from tests.publishing.delivery.scripted import SENT, Scripted

pytestmark = pytest.mark.django_db

Run = Callable[[float], None]
Work = Callable[[], None]


def in_a_row(account: SocialAccount, number: int) -> list[Delivery]:
    """Deliveries of one account, a second apart, all due."""
    start = timezone.now() - timedelta(minutes=1)
    return [
        waiting(account, text=f"Post {n}", due_at=start + timedelta(seconds=n))
        for n in range(number)
    ]


def test_one_account_has_one_delivery_on_its_way(queue: Queue) -> None:
    in_a_row(connected_account(), 3)
    sweeping.sweep()
    assert len(queue) == 1
    assert Delivery.objects.filter(state=DeliveryState.SENDING).count() == 1


def test_they_leave_in_due_order_each_as_soon_as_the_last_is_settled(
    platform: Scripted, work_off: Work
) -> None:
    account = connected_account()
    in_a_row(account, 4)
    work_off()
    assert [outgoing.text for outgoing in platform.published] == [f"Post {n}" for n in range(4)]


def test_one_that_waits_for_its_next_try_holds_up_the_later_ones(
    platform: Scripted, run: Run
) -> None:
    first, second = in_a_row(connected_account(), 2)
    platform.publishes = [TryLater("Busy.", after=timedelta(seconds=20)), SENT]
    run(15)
    assert now_is(second).state == DeliveryState.WAITING
    run(20)
    assert [outgoing.text for outgoing in platform.published] == ["Post 0", "Post 0", "Post 1"]
    assert now_is(first).state == now_is(second).state == DeliveryState.PUBLISHED


def test_one_with_an_unknown_outcome_holds_up_the_later_ones_until_it_is_settled(
    platform: Scripted, run: Run
) -> None:
    first, second = in_a_row(connected_account(), 2)
    platform.publishes = [OutcomeUnknown("No answer."), SENT]
    run(20)
    assert now_is(second).state == DeliveryState.WAITING
    run(20)
    assert [outgoing.text for outgoing in platform.published] == ["Post 0", "Post 0", "Post 1"]
    assert now_is(first).state == DeliveryState.PUBLISHED


def test_one_that_asks_a_person_holds_up_nobody(platform: Scripted, work_off: Work) -> None:
    first, second = in_a_row(connected_account(), 2)
    Delivery.objects.filter(pk=first.pk).update(state=DeliveryState.UNKNOWN, asks_person=True)
    work_off()
    assert now_is(second).state == DeliveryState.PUBLISHED


def test_a_rejected_one_holds_up_nobody(platform: Scripted, work_off: Work) -> None:
    _, second = in_a_row(connected_account(), 2)
    platform.publishes = [Rejected("No."), SENT]
    work_off()
    assert now_is(second).state == DeliveryState.PUBLISHED


def test_one_accounts_trouble_never_delays_anothers(platform: Scripted, work_off: Work) -> None:
    in_a_row(connected_account(), 2)
    other = waiting(connected_account())
    platform.publishes = [TryLater("Rate limit.", after=timedelta(minutes=15)), SENT]
    work_off()
    assert now_is(other).state == DeliveryState.PUBLISHED


def test_a_platform_takes_no_more_than_its_share(queue: Queue, settings: Settings) -> None:
    settings.DELIVERIES_AT_ONCE = 2
    for _ in range(4):
        waiting(connected_account("x"))
    other = waiting(connected_account("facebook"))
    sweeping.sweep()
    sweeping.sweep()
    sending = Delivery.objects.filter(state=DeliveryState.SENDING)
    assert sending.filter(account__platform="x").count() == 2
    assert (queueing.SEND, other.pk) in queue


def test_a_free_place_is_filled_by_the_next_account_at_once(
    platform: Scripted, work_off: Work, settings: Settings
) -> None:
    settings.DELIVERIES_AT_ONCE = 1
    for _ in range(3):
        waiting(connected_account("x"))
    work_off()
    assert len(platform.published) == 3


def test_a_full_platform_is_not_given_more_after_a_settlement(
    queue: Queue, settings: Settings
) -> None:
    settings.DELIVERIES_AT_ONCE = 2
    for _ in range(3):
        waiting(connected_account("x"))
    sweeping.sweep()
    assert claim.claim_next(["x"]) == []
    assert len(queue) == 2


def test_a_sweep_asks_the_same_number_of_questions_however_many_rows(queue: Queue) -> None:
    def queries_of_a_sweep(rows: int) -> int:
        for _ in range(rows):
            in_a_row(connected_account("x"), 2)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            sweeping.sweep()
        return len(captured)

    assert queries_of_a_sweep(1) == queries_of_a_sweep(4)


def test_a_quiet_sweep_is_one_question(django_assert_num_queries: Any) -> None:
    waiting(due_at=timezone.now() + timedelta(hours=1))
    with django_assert_num_queries(1):
        sweeping.sweep()


def test_the_database_refuses_two_of_an_account_on_their_way() -> None:
    first, second = in_a_row(connected_account(), 2)
    lease = {"state": DeliveryState.SENDING, "lease_until": timezone.now()}
    Delivery.objects.filter(pk=first.pk).update(**lease)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=second.pk).update(**lease)


def test_what_the_broker_lost_is_found_again(
    platform: Scripted,
    queue: Queue,
    work_off: Work,
    clock: time_machine.Traveller,
    settings: Settings,
) -> None:
    delivery = waiting()
    sweeping.sweep()
    queue.clear()
    clock.shift(settings.LEASE_S - 1)
    work_off()
    assert not platform.published
    clock.shift(2)
    work_off()
    assert now_is(delivery).state == DeliveryState.PUBLISHED
    assert list(delivery.attempts.values_list("outcome", flat=True)) == ["try_later", "published"]


def test_a_broker_that_is_away_does_not_stop_the_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*arguments: object, **options: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("celery.current_app.send_task", away)
    delivery = waiting()
    sweeping.sweep()
    assert now_is(delivery).state == DeliveryState.SENDING


@pytest.mark.django_db(transaction=True)
def test_sweeps_at_the_same_moment_claim_each_delivery_once(queue: Queue) -> None:
    for _ in range(5):
        in_a_row(connected_account(), 2)
    at_once(*[sweeping.sweep] * 4)
    sweeping.sweep()
    assert len(queue) == len(set(queue)) == Attempt.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_message_send_it_once(platform: Scripted, queue: Queue) -> None:
    delivery = waiting()
    sweeping.sweep()
    at_once(*[lambda: send.send_delivery(delivery.pk)] * 4)
    assert len(platform.published) == 1
    assert now_is(delivery).state == DeliveryState.PUBLISHED
