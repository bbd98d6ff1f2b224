"""Asking for a post to be taken down: who may, what it does at once, and what it never does."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import SocialAccount, User
from audit.models import Entry
from publishing.delivery import gate
from publishing.delivery.locking import lock_delivery
from publishing.errors import Conflict, Refused
from publishing.models import (
    Delivery,
    DeliveryState,
    Post,
    PostState,
    Removal,
    Takedown,
    TakedownReason,
)
from publishing.takedown import rounds
from publishing.takedown.opening import open_takedown
from tests.publishing.delivery.factories import approved_post
from tests.publishing.takedown.conftest import Work, taken_down
from tests.publishing.takedown.scripted import Scripted, live_post, made_live, now_is

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def events() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("event", flat=True))


def test_there_is_a_removal_for_each_live_delivery_and_the_trail_says_why(
    account: SocialAccount, page: SocialAccount, officer: User
) -> None:
    post = live_post(account, page)
    takedown = taken_down(post, officer)
    assert takedown.removals.count() == 2
    entry = Entry.objects.get(event="post.takedown_asked")
    assert entry.reason == "It names a child."
    assert now_is(post).state == PostState.PUBLISHED


def test_whoever_may_not_is_refused(live: Post) -> None:
    with pytest.raises(PermissionDenied):
        taken_down(live, live.author)
    assert not Takedown.objects.exists()


def test_a_reason_is_needed(live: Post, officer: User) -> None:
    with pytest.raises(Refused):
        taken_down(live, officer, reason="  ")


def test_what_still_waits_is_cancelled_in_the_same_step(
    account: SocialAccount, page: SocialAccount, officer: User
) -> None:
    post = approved_post(account, page)
    made_live(post.deliveries.get(account=account))
    taken_down(post, officer)
    assert post.deliveries.get(account=page).state == DeliveryState.CANCELLED
    assert Removal.objects.get().delivery.account == account
    assert now_is(post).state == PostState.PART_PUBLISHED
    assert "delivery.cancelled" in events()


def test_a_post_of_which_nothing_is_live_is_left_alone(
    account: SocialAccount, officer: User
) -> None:
    post = approved_post(account)
    with pytest.raises(Conflict):
        taken_down(post, officer)
    assert post.deliveries.get().state == DeliveryState.WAITING


def test_asking_again_adds_nothing(asked: Takedown, officer: User) -> None:
    assert taken_down(asked.post, officer, reason="Once more.") == asked
    assert (Takedown.objects.count(), Removal.objects.count()) == (1, 1)
    assert events().count("post.takedown_asked") == 1


def test_what_turns_out_to_be_live_later_is_added(
    account: SocialAccount, officer: User, platform: Scripted, work_off: Work
) -> None:
    post = approved_post(account)
    Delivery.objects.filter(post=post).update(state=DeliveryState.UNKNOWN)
    takedown = taken_down(post, officer)
    assert not takedown.removals.exists()
    work_off()
    assert platform.asked == []
    made_live(post.deliveries.get())
    Post.objects.filter(pk=post.pk).update(state=PostState.PUBLISHED)
    work_off()
    assert now_is(post).state == PostState.TAKEN_DOWN


def test_what_turns_out_not_to_be_live_ends_it(account: SocialAccount, officer: User) -> None:
    post = approved_post(account)
    Delivery.objects.filter(post=post).update(state=DeliveryState.UNKNOWN)
    takedown = taken_down(post, officer)
    Delivery.objects.filter(post=post).update(state=DeliveryState.REJECTED)
    rounds.take_down()
    takedown.refresh_from_db()
    assert takedown.finished_at
    assert now_is(post).state == PostState.FAILED


def test_nothing_of_it_passes_the_gate_any_more(
    account: SocialAccount, page: SocialAccount, officer: User
) -> None:
    post = approved_post(account, page)
    made_live(post.deliveries.get(account=account))
    # A withdrawn consent asks without cancelling what waits.
    open_takedown(post=post, kind=TakedownReason.CONSENT, reason="Withdrawn.", by=officer)
    waiting = lock_delivery(post.deliveries.get(account=page).pk)
    verdict = gate.examine(waiting, timezone.now())
    assert (verdict.way, verdict.reason) == (gate.Way.REFUSE, "The post is being taken down.")
