"""A person's answers: is it live, and try again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.access import NotAllowed
from accounts.models import User
from audit.models import Entry
from platforms.contract import Absent
from platforms.errors import OutcomeUnknown, Rejected
from publishing.delivery import answers
from publishing.errors import Conflict, Refused
from publishing.models import Delivery, DeliveryState, PostState, Version
from tests.factories import communications_officer, drafter_of
from tests.publishing.delivery.conftest import now_is
from tests.publishing.delivery.factories import waiting
from tests.publishing.delivery.scripted import SENT, Scripted

pytestmark = pytest.mark.django_db

Run = Callable[[float], None]
Work = Callable[[], None]


@pytest.fixture
def asked(platform: Scripted, run: Run) -> Delivery:
    """A delivery about which a person is asked."""
    platform.publishes = [OutcomeUnknown("No answer."), SENT]
    platform.finds = [Absent(safe_to_repeat=False)]
    delivery = waiting()
    run(40)
    assert now_is(delivery).asks_person
    return delivery


def test_it_is_live(asked: Delivery) -> None:
    officer = communications_officer()
    address = "https://x.example/council/status/9"
    answers.confirm_live(delivery_id=asked.pk, address=address, by=officer)
    live = now_is(asked)
    assert (live.state, live.remote_url) == (DeliveryState.PUBLISHED, address)
    assert live.post.state == PostState.PUBLISHED
    entry = Entry.objects.get(event="delivery.confirmed_live")
    assert entry.actor_name == officer.name


@pytest.mark.parametrize("address", ["", "yes", "javascript:alert(1)", "https://" + "x" * 600])
def test_live_needs_the_address_of_a_page(asked: Delivery, address: str) -> None:
    with pytest.raises(Refused):
        answers.confirm_live(delivery_id=asked.pk, address=address, by=communications_officer())
    assert now_is(asked).asks_person


def test_it_is_not_live_and_is_sent_again(
    asked: Delivery, platform: Scripted, work_off: Work
) -> None:
    answers.send_again(delivery_id=asked.pk, by=communications_officer())
    work_off()
    assert now_is(asked).state == DeliveryState.PUBLISHED
    assert len(platform.published) == 2


def test_it_is_not_live_and_stays_so(asked: Delivery, run: Run, platform: Scripted) -> None:
    answers.give_up(delivery_id=asked.pk, by=communications_officer())
    run(3)
    assert now_is(asked).state == DeliveryState.CANCELLED
    assert len(platform.published) == 1


def test_the_engine_can_be_asked_to_look_once_more(
    asked: Delivery, run: Run, platform: Scripted
) -> None:
    platform.finds = [SENT]
    answers.look_once_more(delivery_id=asked.pk, by=communications_officer())
    run(2)
    assert now_is(asked).state == DeliveryState.PUBLISHED


ANSWERS = [
    lambda pk, by: answers.confirm_live(delivery_id=pk, address="https://x.example/1", by=by),
    lambda pk, by: answers.send_again(delivery_id=pk, by=by),
    lambda pk, by: answers.give_up(delivery_id=pk, by=by),
    lambda pk, by: answers.look_once_more(delivery_id=pk, by=by),
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_only_who_may_settle_answers(asked: Delivery, answer: Callable[[int, User], None]) -> None:
    with pytest.raises(NotAllowed):
        answer(asked.pk, drafter_of(asked.account))
    assert now_is(asked).asks_person


@pytest.mark.parametrize("answer", ANSWERS)
def test_the_second_answer_is_told_that_it_is_settled(
    asked: Delivery, answer: Callable[[int, User], None]
) -> None:
    officer = communications_officer()
    answers.give_up(delivery_id=asked.pk, by=officer)
    with pytest.raises(Conflict):
        answer(asked.pk, officer)


@pytest.fixture
def rejected(platform: Scripted, work_off: Work) -> Delivery:
    platform.publishes = [Rejected("Too long."), SENT]
    delivery = waiting()
    work_off()
    assert now_is(delivery).state == DeliveryState.REJECTED
    return delivery


def test_a_rejected_one_can_be_tried_again(
    rejected: Delivery, platform: Scripted, work_off: Work
) -> None:
    answers.try_again(delivery_id=rejected.pk, by=communications_officer())
    assert now_is(rejected).post.state == PostState.APPROVED
    work_off()
    assert now_is(rejected).state == DeliveryState.PUBLISHED
    assert now_is(rejected).post.state == PostState.PUBLISHED
    assert Entry.objects.filter(event="delivery.resent").exists()


def test_trying_again_passes_the_same_gate(
    rejected: Delivery, platform: Scripted, work_off: Work
) -> None:
    Version.objects.filter(pk=rejected.version_id).update(title="Free beer")
    answers.try_again(delivery_id=rejected.pk, by=communications_officer())
    work_off()
    assert now_is(rejected).state == DeliveryState.REJECTED
    assert len(platform.published) == 1


def test_a_superseded_version_cannot_be_tried_again(rejected: Delivery) -> None:
    post = rejected.post
    post.version = Version.objects.create(
        post=post, number=2, edited_by=post.author, title="New", digest="0" * 64
    )
    post.save()
    with pytest.raises(Conflict):
        answers.try_again(delivery_id=rejected.pk, by=communications_officer())


@pytest.mark.parametrize(
    "state", [state for state in DeliveryState if state != DeliveryState.REJECTED]
)
def test_nothing_else_can_be_tried_again(state: DeliveryState) -> None:
    delivery = waiting()
    now = timezone.now()
    Delivery.objects.filter(pk=delivery.pk).update(
        state=state,
        lease_until=now if state == DeliveryState.SENDING else None,
        published_at=now if state == DeliveryState.PUBLISHED else None,
        remote_id="r1",
    )
    with pytest.raises(Conflict):
        answers.try_again(delivery_id=delivery.pk, by=communications_officer())
