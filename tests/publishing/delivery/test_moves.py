"""The table of transitions is all there is: every state × every state."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from publishing.delivery.locking import lock_delivery
from publishing.delivery.moves import ImpossibleMove, move
from publishing.models import DELIVERY_TRANSITIONS, Delivery, DeliveryState, PostState
from publishing.outcomes import post_state_after
from tests.publishing.delivery.factories import approved_post, connected_account, waiting

pytestmark = pytest.mark.django_db
S = DeliveryState


def put_in(delivery: Delivery, state: DeliveryState) -> None:
    now = timezone.now()
    Delivery.objects.filter(pk=delivery.pk).update(
        state=state,
        lease_until=now if state == S.SENDING else None,
        published_at=now if state == S.PUBLISHED else None,
        remote_id="r1" if state == S.PUBLISHED else "",
    )


@pytest.mark.parametrize("old", S)
@pytest.mark.parametrize("new", S)
def test_every_state_moves_only_where_the_table_says(old: S, new: S) -> None:
    delivery = waiting()
    put_in(delivery, old)
    locked = lock_delivery(delivery.pk)
    now = timezone.now()
    possible: dict[DeliveryState, dict[str, Any]] = {
        S.SENDING: {"lease_until": now + timedelta(minutes=1)},
        S.PUBLISHED: {"published_at": now, "remote_id": "r1"},
    }
    changes = possible.get(new, {})
    if new in DELIVERY_TRANSITIONS[old]:
        move(locked, new, now, **changes)
        assert Delivery.objects.get(pk=delivery.pk).state == new
    else:
        with pytest.raises(ImpossibleMove):
            move(locked, new, now, **changes)
        assert Delivery.objects.get(pk=delivery.pk).state == old


@pytest.mark.parametrize(
    ("first", "second", "post_state"),
    [
        (S.PUBLISHED, S.PUBLISHED, PostState.PUBLISHED),
        (S.PUBLISHED, S.REJECTED, PostState.PART_PUBLISHED),
        (S.PUBLISHED, S.MISSED, PostState.PART_PUBLISHED),
        (S.PUBLISHED, S.CANCELLED, PostState.PART_PUBLISHED),
        (S.REJECTED, S.REJECTED, PostState.FAILED),
        (S.REJECTED, S.MISSED, PostState.FAILED),
        (S.MISSED, S.MISSED, PostState.MISSED_SLOT),
        (S.MISSED, S.CANCELLED, PostState.MISSED_SLOT),
        (S.PUBLISHED, S.WAITING, PostState.SCHEDULED),
        (S.PUBLISHED, S.SENDING, PostState.SCHEDULED),
        (S.PUBLISHED, S.UNKNOWN, PostState.SCHEDULED),
        (S.REJECTED, S.HELD, PostState.SCHEDULED),
        (S.CANCELLED, S.CANCELLED, PostState.SCHEDULED),
    ],
)
def test_what_its_deliveries_make_of_a_post(first: S, second: S, post_state: PostState) -> None:
    post = approved_post(connected_account(), connected_account())
    for delivery, state in zip(post.deliveries.order_by("pk"), (first, second), strict=True):
        put_in(delivery, state)
    post_state_after(post)
    post.refresh_from_db()
    assert post.state == post_state


@pytest.mark.parametrize(
    "state", [PostState.DRAFT, PostState.WITHDRAWN, PostState.AWAITING_APPROVAL]
)
def test_a_post_that_a_person_took_back_is_left_alone(state: PostState) -> None:
    post = approved_post(connected_account())
    put_in(post.deliveries.get(), S.CANCELLED)
    post.state = state
    post.save()
    post_state_after(post)
    post.refresh_from_db()
    assert post.state == state
