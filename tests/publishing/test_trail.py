"""Everything leaves a trace: each action on a post, and by whom, in the order of the story."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine

from accounts.models import SocialAccount, User
from audit.catalogue import Event
from audit.models import Entry
from publishing.actions.deciding import ask_for_changes
from publishing.actions.moving import move, move_and_approve
from publishing.actions.submitting import archive, take_back, withdraw
from publishing.delivery import answers
from publishing.models import Delivery, DeliveryState, Post, PostState
from tests.publishing.making import (
    approved,
    decided,
    drafted,
    fresh,
    in_hours,
    newest,
    submitted,
    with_picture,
)

pytestmark = pytest.mark.django_db

Told = list[tuple[str, str]]


@pytest.fixture
def told() -> Callable[[], Told]:
    """What was recorded since it was last asked: event and actor."""
    last = [0]

    def since() -> Told:
        entries = list(Entry.objects.filter(sequence__gt=last[0]).order_by("sequence"))
        last[0] = entries[-1].sequence if entries else last[0]
        return [(entry.event, entry.actor_name) for entry in entries]

    since()
    return since


def test_writing_and_approving(
    told: Callable[[], Told], author: User, approver: User, account: SocialAccount
) -> None:
    post = drafted(author, account, at=in_hours(5))
    assert told() == [(Event.POST_DRAFTED, "Priya Shah")]

    with_picture(post, author)
    assert told() == [(Event.MEDIA_ADDED, "Priya Shah"), (Event.MEDIA_DESCRIBED, "Priya Shah")]

    post = submitted(author, account, at=in_hours(5))
    assert told() == [
        (Event.POST_DRAFTED, "Priya Shah"),
        (Event.POST_VERSION_MADE, "Priya Shah"),
        (Event.POST_SUBMITTED, "Priya Shah"),
    ]

    decided(post, approver)
    assert told() == [(Event.POST_APPROVED, "Tom Okafor"), (Event.POST_SCHEDULED, "Tom Okafor")]
    approval = Entry.objects.get(event=Event.POST_APPROVED)
    assert approval.details["after"]["digest"] == newest(post).digest


def test_returning_with_a_reason(
    told: Callable[[], Told], author: User, approver: User, account: SocialAccount
) -> None:
    version = newest(submitted(author, account))
    told()

    ask_for_changes(version_id=version.pk, comment="Say until when", by=approver)

    assert told() == [(Event.POST_CHANGES_REQUESTED, "Tom Okafor")]
    assert Entry.objects.order_by("sequence").last().reason == "Say until when"  # type: ignore[union-attr]


def test_moving(
    told: Callable[[], Told], author: User, approver: User, account: SocialAccount
) -> None:
    post = approved(author, approver, account, at=in_hours(5))
    version = newest(post)
    told()

    move_and_approve(version_id=version.pk, digest=version.digest, at=in_hours(6), by=approver)
    assert [event for event, _ in told()] == [
        Event.DELIVERY_CANCELLED,
        Event.POST_APPROVAL_VOIDED,
        Event.POST_MOVED_AND_APPROVED,
        Event.POST_APPROVED,
        Event.POST_SCHEDULED,
    ]

    move(version_id=newest(post).pk, at=in_hours(7), by=approver)
    assert told()[-1] == (Event.POST_MOVED, "Tom Okafor")


@pytest.mark.parametrize(
    ("act", "event"), [(take_back, Event.POST_TAKEN_BACK), (withdraw, Event.POST_WITHDRAWN)]
)
def test_taking_away(
    act: Callable[..., Post],
    event: Event,
    told: Callable[[], Told],
    author: User,
    approver: User,
    account: SocialAccount,
) -> None:
    post = approved(author, approver, account, at=in_hours(5))
    told()

    act(post_id=post.pk, by=author)

    assert told() == [
        (Event.DELIVERY_CANCELLED, "Priya Shah"),
        (Event.POST_APPROVAL_VOIDED, "Priya Shah"),
        (event, "Priya Shah"),
    ]


def test_archiving(told: Callable[[], Told], author: User, account: SocialAccount) -> None:
    post = drafted(author, account)
    withdraw(post_id=post.pk, by=author)
    told()

    archive(post_id=post.pk, by=author)

    assert told() == [(Event.POST_ARCHIVED, "Priya Shah")]


def test_a_missed_slot(
    told: Callable[[], Told],
    clock: time_machine.Traveller,
    author: User,
    approver: User,
    account: SocialAccount,
) -> None:
    post = submitted(author, account, at=in_hours(1))
    told()
    clock.shift(2 * 3600)

    decided(post, approver)

    assert fresh(post).state == PostState.MISSED_SLOT
    assert told() == [(Event.POST_MISSED_SLOT, "Tom Okafor")]


@pytest.mark.parametrize(
    ("answer", "event"),
    [
        (answers.send_again, Event.DELIVERY_CONFIRMED_NOT_LIVE),
        (answers.give_up, Event.DELIVERY_CONFIRMED_NOT_LIVE),
        (answers.look_once_more, Event.DELIVERY_LOOKED_FOR_AGAIN),
    ],
)
def test_an_answer_to_is_it_live(
    answer: Callable[..., None],
    event: Event,
    told: Callable[[], Told],
    author: User,
    approver: User,
    officer: User,
    account: SocialAccount,
) -> None:
    delivery = approved(author, approver, account, at=in_hours(5)).deliveries.get()
    Delivery.objects.update(state=DeliveryState.UNKNOWN, asks_person=True)
    told()

    answer(delivery_id=delivery.pk, by=officer)

    assert told()[0] == (event, "Ana Lewis")


def test_sending_again_what_was_rejected(
    told: Callable[[], Told], author: User, approver: User, officer: User, account: SocialAccount
) -> None:
    post = approved(author, approver, account, at=in_hours(5))
    Delivery.objects.update(state=DeliveryState.REJECTED, reason="Too long")
    Post.objects.filter(pk=post.pk).update(state=PostState.FAILED)
    told()

    answers.try_again(delivery_id=post.deliveries.get().pk, by=officer)

    assert told() == [(Event.DELIVERY_RESENT, "Ana Lewis")]
