"""Sending: each outcome of a call, and what it makes of the delivery and its post."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.utils import timezone

from audit.models import Entry
from platforms.contract import Sent
from platforms.errors import OutcomeUnknown, Rejected, SignInExpired, TryLater
from publishing.delivery import send
from publishing.models import Attempt, AttemptOutcome, DeliveryState, PostState
from tests.publishing.delivery.conftest import Queue, now_is
from tests.publishing.delivery.factories import approved_post, connected_account, waiting
from tests.publishing.delivery.scripted import SENT, Scripted

pytestmark = pytest.mark.django_db

Run = Callable[[float], None]
Work = Callable[[], None]


def events() -> list[str]:
    return list(Entry.objects.order_by("sequence").values_list("event", flat=True))


def test_what_is_due_is_published_and_the_post_with_it(platform: Scripted, work_off: Work) -> None:
    delivery = waiting()
    work_off()
    sent = now_is(delivery)
    assert sent.state == DeliveryState.PUBLISHED
    assert (sent.remote_id, sent.remote_url) == (SENT.remote_id, SENT.url)
    assert sent.sent_text == SENT.text
    assert sent.post.state == PostState.PUBLISHED
    assert events()[-2:] == ["delivery.published", "post.published"]
    assert [outgoing.text for outgoing in platform.published] == [delivery.version.text]


def test_a_platforms_answer_is_kept_without_what_could_do_harm(
    platform: Scripted, work_off: Work
) -> None:
    delivery = waiting()
    platform.publishes = [
        Sent("r\0 1", "javascript:alert(1)", "half a face \ud83d \0", ("\udfff",))
    ]
    work_off()
    sent = now_is(delivery)
    assert sent.state == DeliveryState.PUBLISHED
    assert sent.remote_url == ""
    assert sent.sent_text.startswith("half a face")
    assert "\0" not in sent.remote_id + sent.sent_text


def test_the_key_is_the_attempts_own(platform: Scripted, work_off: Work) -> None:
    delivery = waiting()
    work_off()
    attempt = delivery.attempts.get()
    assert platform.published[0].key == str(attempt.key)
    assert attempt.outcome == AttemptOutcome.PUBLISHED
    assert attempt.worker


def test_what_is_not_due_yet_stays(platform: Scripted, work_off: Work) -> None:
    delivery = waiting(due_at=timezone.now() + timedelta(minutes=1))
    work_off()
    assert now_is(delivery).state == DeliveryState.WAITING
    assert not platform.published


def test_a_post_is_published_only_when_its_last_delivery_is(
    platform: Scripted, work_off: Work
) -> None:
    platform.publishes = [SENT, Rejected("The platform does not like it.")]
    post = approved_post(connected_account(), connected_account())
    work_off()
    post.refresh_from_db()
    assert post.state == PostState.PART_PUBLISHED
    states = set(post.deliveries.values_list("state", flat=True))
    assert states == {DeliveryState.PUBLISHED, DeliveryState.REJECTED}


def test_a_rejection_is_for_good_and_says_why(platform: Scripted, run: Run) -> None:
    platform.publishes = [Rejected("The text is too long for X.")]
    delivery = waiting()
    run(10)
    rejected = now_is(delivery)
    assert rejected.state == DeliveryState.REJECTED
    assert rejected.reason == "The text is too long for X."
    assert rejected.post.state == PostState.FAILED
    assert len(platform.published) == 1


def test_try_later_waits_longer_each_time(
    platform: Scripted, run: Run, clock: time_machine.Traveller
) -> None:
    platform.publishes = [TryLater("X is busy.")]
    delivery = waiting()
    run(60)
    starts = [attempt.started_at or attempt.claimed_at for attempt in delivery.attempts.all()]
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert len(gaps) >= 3
    assert gaps == sorted(gaps)
    assert gaps[-1] > 2 * gaps[0]
    assert now_is(delivery).state == DeliveryState.WAITING
    assert now_is(delivery).post.state == PostState.SCHEDULED


def test_a_pause_that_the_platform_asks_for_is_kept(platform: Scripted, run: Run) -> None:
    platform.publishes = [TryLater("Too many posts.", after=timedelta(seconds=120)), SENT]
    delivery = waiting()
    run(119)
    assert len(platform.published) == 1
    run(4)
    assert now_is(delivery).state == DeliveryState.PUBLISHED


def test_an_expired_sign_in_holds_the_delivery_and_marks_the_account(
    platform: Scripted, work_off: Work
) -> None:
    platform.publishes = [SignInExpired("X does not accept the sign-in any more.")]
    delivery = waiting()
    work_off()
    assert now_is(delivery).state == DeliveryState.HELD
    delivery.account.credential.refresh_from_db()
    assert delivery.account.credential.refused_at is not None
    assert "account.credential_expired" in events()


def test_an_answer_that_never_came_is_unknown_and_looked_for(
    platform: Scripted, work_off: Work
) -> None:
    platform.publishes = [OutcomeUnknown("X did not answer in time.")]
    delivery = waiting()
    work_off()
    assert now_is(delivery).state == DeliveryState.UNKNOWN
    assert len(platform.published) == 1
    assert delivery.attempts.get().outcome == AttemptOutcome.UNKNOWN


def test_an_adapters_own_mistake_is_unknown_too(platform: Scripted, work_off: Work) -> None:
    platform.publishes = [ZeroDivisionError("oops")]
    delivery = waiting()
    work_off()
    assert now_is(delivery).state == DeliveryState.UNKNOWN
    assert "oops" not in now_is(delivery).reason


def test_a_message_that_the_broker_repeats_changes_nothing(
    platform: Scripted, work_off: Work, queue: Queue
) -> None:
    delivery = waiting()
    work_off()
    send.send_delivery(delivery.pk)
    send.send_delivery(delivery.pk)
    assert len(platform.published) == 1
    assert Attempt.objects.count() == 1


def test_a_message_repeated_during_the_call_changes_nothing(
    platform: Scripted, work_off: Work
) -> None:
    delivery = waiting()

    def repeat(platform: Scripted) -> object:
        send.send_delivery(delivery.pk)
        return SENT

    platform.publishes = [repeat]
    work_off()
    assert len(platform.published) == 1
    assert now_is(delivery).state == DeliveryState.PUBLISHED


def test_no_transaction_is_open_during_the_call(
    platform: Scripted, work_off: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import connection

    depth = len(connection.savepoint_ids)
    seen: list[int] = []

    def look(platform: Scripted) -> object:
        seen.append(len(connection.savepoint_ids))
        return SENT

    platform.publishes = [look]
    waiting()
    work_off()
    assert seen == [depth]


def test_what_was_kept_for_resuming_is_given_to_the_next_attempt(
    platform: Scripted, run: Run
) -> None:
    def upload(platform: Scripted) -> object:
        platform.checkpoint({"uploaded": "m1"})
        platform.checkpoint({"publishing": True})
        raise TryLater("Too many.")

    platform.publishes = [upload, SENT]
    delivery = waiting()
    run(10)
    assert platform.resumes == [{}, {"uploaded": "m1"}]
    assert now_is(delivery).state == DeliveryState.PUBLISHED
    assert now_is(delivery).resume == {}


def test_a_link_goes_into_the_text_where_the_platform_has_it_there(
    platform: Scripted, work_off: Work
) -> None:
    waiting(text="Open on Sunday.", link="https://wealdmoor.example/library")
    work_off()
    assert platform.published[0].text == "Open on Sunday.\n\nhttps://wealdmoor.example/library"
