"""Several deliveries started and settled in one transaction: each as if it were the only one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AccountState, SocialAccount
from audit.catalogue import Event
from audit.models import Entry
from platforms.contract import Sent
from platforms.errors import Rejected
from publishing.delivery import settle
from publishing.delivery import sweep as sweeping
from publishing.delivery.begin import Begun, NotSent, begin_all
from publishing.models import Attempt, AttemptOutcome, Delivery, DeliveryState, Post, PostState
from tests.factories import communications_officer
from tests.publishing.delivery.conftest import Queue, now_is
from tests.publishing.delivery.factories import connected_account, waiting

pytestmark = pytest.mark.django_db


def _claimed(number: int) -> list[Delivery]:
    deliveries = [waiting(connected_account("x")) for _ in range(number)]
    sweeping.sweep()
    return deliveries


def _begun(deliveries: list[Delivery]) -> list[Begun]:
    started = begin_all([each.pk for each in deliveries])
    found = [each[0] for each in started if each is not None]
    return [each for each in found if isinstance(each, Begun)]


def _sent(number: int) -> Sent:
    return Sent(f"r{number}", f"https://x.example/{number}", f"text {number}", (f"alt {number}",))


def test_one_that_may_not_leave_does_not_keep_the_others(queue: Queue) -> None:
    good, bad = _claimed(2)
    SocialAccount.objects.filter(pk=bad.account_id).update(state=AccountState.SUSPENDED)
    first, second = begin_all([good.pk, bad.pk])
    assert first is not None
    assert isinstance(first[0], Begun)
    assert second == (NotSent("x"),)
    assert now_is(good).state == DeliveryState.SENDING
    assert now_is(bad).state == DeliveryState.HELD
    assert not bad.attempts.filter(started_at__isnull=False).exists()


def test_none_is_started_a_second_time(queue: Queue) -> None:
    deliveries = _claimed(2)
    assert len(_begun(deliveries)) == 2
    assert begin_all([each.pk for each in deliveries]) == [(None,), (None,)]


def test_more_of_them_ask_no_more_questions(queue: Queue) -> None:
    author, approver = communications_officer(), communications_officer()

    def questions(number: int) -> int:
        claimed = [
            waiting(connected_account("x"), author=author, approver=approver) for _ in range(number)
        ]
        sweeping.sweep()
        with CaptureQueriesContext(connection) as asked:
            begun = _begun(claimed)
            settle.settle_published(
                [(each.delivery, each.attempt_id, _sent(n)) for n, each in enumerate(begun)]
            )
        assert len(begun) == number
        return len(asked)

    assert questions(4) == questions(1)


def test_each_keeps_what_its_platform_said(queue: Queue) -> None:
    begun = _begun(_claimed(3))
    settled = settle.settle_published(
        [(each.delivery, each.attempt_id, _sent(n)) for n, each in enumerate(begun)]
    )
    assert settled == {each.attempt_id for each in begun}
    for n, each in enumerate(begun):
        delivery = now_is(each.delivery)
        assert (delivery.state, delivery.remote_id) == (DeliveryState.PUBLISHED, f"r{n}")
        assert (delivery.sent_text, delivery.sent_alt_texts) == (f"text {n}", [f"alt {n}"])
        assert Attempt.objects.get(pk=each.attempt_id).outcome == AttemptOutcome.PUBLISHED
        assert Post.objects.get(pk=delivery.post_id).state == PostState.PUBLISHED
        of_it = Entry.objects.filter(subject_type="publishing.delivery", subject_id=delivery.pk)
        assert of_it.filter(event=Event.DELIVERY_PUBLISHED).count() == 1
    assert Entry.objects.filter(event=Event.POST_PUBLISHED).count() == 3


def test_other_answers_are_left_for_settling_one_by_one(queue: Queue) -> None:
    first, second = _begun(_claimed(2))
    settled = settle.settle_published(
        [
            (first.delivery, first.attempt_id, Rejected("No.")),
            (second.delivery, second.attempt_id, _sent(2)),
        ]
    )
    assert settled == {second.attempt_id}
    assert now_is(first.delivery).state == DeliveryState.SENDING
    assert now_is(second.delivery).state == DeliveryState.PUBLISHED


def test_an_attempt_that_somebody_else_has_ended_is_left_alone(queue: Queue) -> None:
    first, second = _begun(_claimed(2))
    late = timezone.now() - timedelta(seconds=1)
    Delivery.objects.filter(pk=first.delivery.pk).update(try_at=late, lease_until=late)
    sweeping.sweep()
    settled = settle.settle_published(
        [(each.delivery, each.attempt_id, _sent(n)) for n, each in enumerate((first, second))]
    )
    assert settled == {second.attempt_id}
    assert now_is(first.delivery).state == DeliveryState.UNKNOWN


@pytest.mark.parametrize(("seconds_ago", "is_renewed"), [(0, False), (20, True)])
def test_the_lease_runs_from_the_beginning_unless_it_is_new(
    queue: Queue, seconds_ago: int, is_renewed: bool
) -> None:
    (claimed,) = _claimed(1)
    lease = now_is(claimed).lease_until
    assert lease is not None
    lease -= timedelta(seconds=seconds_ago)
    Delivery.objects.filter(pk=claimed.pk).update(lease_until=lease, try_at=lease)

    _begun([claimed])

    begun = now_is(claimed)
    assert begun.lease_until == begun.try_at
    assert (begun.try_at > lease) == is_renewed


def test_what_is_told_of_each_is_written_for_each(queue: Queue) -> None:
    first, second = _begun(_claimed(2))
    told = [(first.delivery, first.attempt_id, _sent(1))]
    odd = Sent("r'2%s", "", "", ())
    told.append((second.delivery, second.attempt_id, odd))

    settle.settle_published(told)

    one, other = now_is(first.delivery), now_is(second.delivery)
    assert (one.remote_id, one.sent_text, one.sent_alt_texts) == ("r1", "text 1", ["alt 1"])
    assert (other.remote_id, other.sent_text, other.sent_alt_texts) == ("r'2%s", "", [])
    for each in (one, other):
        assert (each.state, each.lease_until, each.resume) == (DeliveryState.PUBLISHED, None, {})
        assert not each.asks_person
        assert each.published_at == each.changed_at
