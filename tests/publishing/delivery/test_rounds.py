"""A round settles, claims and begins for many threads; what goes wrong in it is nobody's loss."""

from __future__ import annotations

import pytest

from platforms.contract import Sent
from publishing.delivery import queueing, rounds
from publishing.delivery import sweep as sweeping
from publishing.delivery.begin import Begun
from publishing.delivery.rounds import Turn
from publishing.models import DeliveryState
from tests.publishing.delivery.conftest import Queue, now_is
from tests.publishing.delivery.factories import connected_account, waiting

pytestmark = pytest.mark.django_db


def _handed(number: int) -> list[Turn]:
    """Deliveries that a sweep has claimed and the broker handed out, each to a thread."""
    deliveries = [waiting(connected_account("x")) for _ in range(number)]
    sweeping.sweep()
    return [Turn(begin=each.pk) for each in deliveries]


def _begun(turns: list[Turn]) -> list[Begun]:
    answers = rounds._together(turns)
    found = [answer[0] for answer in answers if answer]
    return [each for each in found if isinstance(each, Begun)]


def _back(begun: Begun, *, goes_on: bool = True) -> Turn:
    sent = Sent(f"r{begun.delivery.pk}", "https://x.example/1", "text")
    return Turn(settlement=(begun.delivery, begun.attempt_id, sent), freed="x", goes_on=goes_on)


def test_a_thread_that_comes_back_is_given_the_next(queue: Queue) -> None:
    first, second = _begun(_handed(2))
    following = waiting(first.delivery.account)

    answers = rounds._together([_back(first), _back(second)])

    assert now_is(first.delivery).state == DeliveryState.PUBLISHED
    assert now_is(second.delivery).state == DeliveryState.PUBLISHED
    [one, other] = [answer[0] for answer in answers if answer]
    assert isinstance(one, Begun)
    assert one.delivery.pk == following.pk
    assert other is None


def test_what_a_thread_has_no_time_for_goes_to_the_workers(queue: Queue) -> None:
    [begun] = _begun(_handed(1))
    following = waiting(begun.delivery.account)
    queue.clear()

    assert rounds._together([_back(begun, goes_on=False)]) == [(None,)]

    assert queue == [(queueing.SEND, following.pk)]
    assert now_is(following).state == DeliveryState.SENDING
    assert following.attempts.get().started_at is None


def test_where_beginning_fails_nothing_that_was_settled_is_lost(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    [begun] = _begun(_handed(1))
    following = waiting(begun.delivery.account)
    [handed] = _handed(1)

    def fail(*arguments: object) -> None:
        raise RuntimeError("the database is away")

    with monkeypatch.context() as patch:
        patch.setattr(rounds, "begin_all", fail)
        answers = rounds._together([_back(begun), handed])

    assert answers == [(None,), None]
    assert now_is(begun.delivery).state == DeliveryState.PUBLISHED
    assert now_is(following).state == DeliveryState.WAITING
    assert isinstance(rounds._alone(handed), Begun)


def test_a_claimed_one_that_somebody_has_locked_goes_to_the_workers(
    queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    [begun] = _begun(_handed(1))
    following = waiting(begun.delivery.account)
    [handed] = _handed(1)
    queue.clear()
    with monkeypatch.context() as patch:
        patch.setattr(rounds, "begin_all", lambda ids: [None for _ in ids])
        answers = rounds._together([_back(begun), handed])

    assert answers == [(None,), None]
    assert queue == [(queueing.SEND, following.pk)]


def test_a_settlement_that_is_left_out_is_done_alone(queue: Queue) -> None:
    [begun] = _begun(_handed(1))
    following = waiting(begun.delivery.account)
    turn = _back(begun)

    start = rounds._alone(turn)

    assert isinstance(start, Begun)
    assert start.delivery.pk == following.pk
    assert now_is(begun.delivery).state == DeliveryState.PUBLISHED
