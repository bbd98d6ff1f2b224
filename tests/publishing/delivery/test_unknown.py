"""Outcome unknown: workers that die at any step, answers that never come, and reading back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from pytest_django import Settings

from audit.models import Entry
from platforms.contract import Absent
from platforms.errors import OutcomeUnknown, PlatformError, SignInExpired, TryLater
from publishing.delivery import reconcile, rounds, send, settle
from publishing.delivery import sweep as sweeping
from publishing.delivery.lease import LeaseLost
from publishing.models import Delivery, DeliveryState, VersionText
from tests.publishing.delivery.conftest import Queue, now_is
from tests.publishing.delivery.factories import waiting
from tests.publishing.delivery.scripted import SENT, Scripted

pytestmark = pytest.mark.django_db

Run = Callable[[float], None]
Work = Callable[[], None]


class Killed(BaseException):
    """The worker's process ends here."""


def killed(platform: Scripted) -> object:
    raise Killed


def killed_while_preparing(platform: Scripted) -> object:
    platform.checkpoint({"uploaded": "m1"})
    raise Killed


def killed_while_publishing(platform: Scripted) -> object:
    platform.checkpoint({"uploaded": "m1"})
    platform.checkpoint({"publishing": True})
    raise Killed


def die(platform: Scripted, work_off: Work, where: object) -> Delivery:
    """A delivery whose worker dies in the call, at `where`."""
    platform.publishes = [where, SENT]
    delivery = waiting()
    with pytest.raises(Killed):
        work_off()
    assert now_is(delivery).state == DeliveryState.SENDING
    return delivery


def test_a_worker_that_dies_in_the_call_leaves_an_unknown_outcome_that_is_found(
    platform: Scripted, work_off: Work, run: Run
) -> None:
    platform.finds = [SENT]
    delivery = die(platform, work_off, killed)
    run(65)
    found = now_is(delivery)
    assert found.state == DeliveryState.PUBLISHED
    assert found.remote_id == SENT.remote_id
    assert len(platform.published) == 1
    assert Entry.objects.filter(event="delivery.reconciled_found").exists()


def test_a_worker_that_dies_before_it_starts_loses_nothing(
    platform: Scripted, queue: Queue, run: Run
) -> None:
    delivery = waiting()
    sweeping.sweep()
    queue.clear()
    run(65)
    assert now_is(delivery).state == DeliveryState.PUBLISHED
    assert len(platform.published) == 1
    assert not platform.looked_for


def test_a_worker_that_dies_while_preparing_is_followed_by_another_that_resumes(
    platform: Scripted, work_off: Work, run: Run
) -> None:
    delivery = die(platform, work_off, killed_while_preparing)
    run(65)
    assert now_is(delivery).state == DeliveryState.PUBLISHED
    assert platform.resumes[1] == {"uploaded": "m1"}
    assert not platform.looked_for


def test_a_worker_that_dies_while_publishing_is_looked_for(
    platform: Scripted, work_off: Work, run: Run
) -> None:
    platform.finds = [SENT]
    delivery = die(platform, work_off, killed_while_publishing)
    run(65)
    assert now_is(delivery).state == DeliveryState.PUBLISHED
    assert len(platform.published) == 1
    assert len(platform.looked_for) == 1


def test_a_worker_that_dies_before_it_settles_does_not_make_it_leave_twice(
    platform: Scripted, work_off: Work, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = waiting()
    with monkeypatch.context() as patch:

        def die_at_once(*arguments: object) -> None:
            raise Killed

        patch.setattr(rounds, "settle_published", die_at_once)
        with pytest.raises(Killed):
            work_off()
    platform.finds = [SENT]
    run(65)
    assert now_is(delivery).state == DeliveryState.PUBLISHED
    assert len(platform.published) == 1


def test_a_settlement_that_fails_rolls_back_whole(
    platform: Scripted, work_off: Work, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = waiting()
    with monkeypatch.context() as patch:

        def fail(*arguments: object, **options: object) -> None:
            raise RuntimeError("the database is away")

        patch.setattr(settle, "record_all", fail)
        with pytest.raises(RuntimeError):
            work_off()
    assert now_is(delivery).state == DeliveryState.SENDING
    assert delivery.attempts.get().ended_at is None
    platform.finds = [SENT]
    run(65)
    assert now_is(delivery).state == DeliveryState.PUBLISHED


def test_it_is_settled_within_two_minutes_of_the_death(
    platform: Scripted, work_off: Work, run: Run
) -> None:
    delivery = die(platform, work_off, killed)
    run(118)
    assert now_is(delivery).state == DeliveryState.PUBLISHED
    assert len(platform.published) == 2


def test_it_is_asked_about_within_two_minutes_where_it_cannot_be_repeated(
    platform: Scripted, work_off: Work, run: Run
) -> None:
    platform.finds = [Absent(safe_to_repeat=False)]
    delivery = die(platform, work_off, killed)
    run(118)
    asked = now_is(delivery)
    assert (asked.state, asked.asks_person) == (DeliveryState.UNKNOWN, True)
    assert len(platform.published) == 1


def test_one_look_that_finds_nothing_is_not_believed(platform: Scripted, run: Run) -> None:
    platform.publishes = [OutcomeUnknown("No answer.")]
    platform.finds = [Absent(safe_to_repeat=True), SENT]
    delivery = waiting()
    run(40)
    assert now_is(delivery).state == DeliveryState.PUBLISHED
    assert len(platform.published) == 1


def test_two_looks_well_apart_are_believed(
    platform: Scripted, run: Run, settings: Settings
) -> None:
    platform.publishes = [OutcomeUnknown("No answer."), SENT]
    delivery = waiting()
    run(settings.ABSENCE_GAP_S - 2)
    assert len(platform.published) == 1
    run(5)
    assert len(platform.published) == 2
    assert len(platform.looked_for) == 2
    assert now_is(delivery).state == DeliveryState.PUBLISHED


def test_a_second_look_too_soon_does_not_count(
    platform: Scripted, work_off: Work, clock: time_machine.Traveller
) -> None:
    platform.publishes = [OutcomeUnknown("No answer.")]
    delivery = waiting()
    work_off()
    work_off()
    clock.shift(1)
    reconcile.reconcile_delivery(delivery.pk)
    reconcile.reconcile_delivery(delivery.pk)
    assert now_is(delivery).state == DeliveryState.UNKNOWN
    assert not now_is(delivery).asks_person


def test_looking_that_fails_is_repeated_then_a_person_is_asked(
    platform: Scripted, run: Run, settings: Settings
) -> None:
    settings.RETRY_FIRST_S = 1
    platform.publishes = [OutcomeUnknown("No answer.")]
    platform.finds = [PlatformError("X did not answer.")]
    delivery = waiting()
    run(60)
    assert now_is(delivery).asks_person
    assert len(platform.looked_for) == settings.READ_BACKS_AT_MOST


def test_looking_that_works_after_a_failure_settles_it(platform: Scripted, run: Run) -> None:
    platform.publishes = [OutcomeUnknown("No answer.")]
    platform.finds = [PlatformError("X did not answer."), SENT]
    delivery = waiting()
    run(20)
    assert now_is(delivery).state == DeliveryState.PUBLISHED


def test_a_person_is_asked_where_looking_would_have_to_wait_too_long(
    platform: Scripted, run: Run
) -> None:
    platform.publishes = [OutcomeUnknown("No answer.")]
    platform.finds = [TryLater("Too many calls.", after=timedelta(minutes=15))]
    delivery = waiting()
    run(3)
    assert now_is(delivery).asks_person


def test_a_person_is_asked_where_the_rows_do_not_say_any_more_what_was_sent(
    platform: Scripted, work_off: Work, run: Run
) -> None:
    delivery = die(platform, work_off, killed)
    VersionText.objects.filter(version=delivery.version_id).delete()
    run(65)
    found = now_is(delivery)
    assert (found.state, found.asks_person) == (DeliveryState.UNKNOWN, True)
    assert "We cannot tell what to look for" in found.reason
    assert not platform.looked_for


def test_a_sign_in_that_expired_meanwhile_is_marked(platform: Scripted, run: Run) -> None:
    platform.publishes = [OutcomeUnknown("No answer.")]
    platform.finds = [SignInExpired("The sign-in is not valid.")]
    delivery = waiting()
    run(3)
    delivery.account.credential.refresh_from_db()
    assert delivery.account.credential.refused_at is not None


def test_a_worker_that_dies_while_it_looks_is_followed_by_another(
    platform: Scripted, work_off: Work, run: Run
) -> None:
    platform.publishes = [OutcomeUnknown("No answer.")]
    platform.finds = [Killed(), SENT]
    delivery = waiting()
    work_off()
    with pytest.raises(Killed):
        work_off()
    run(62)
    assert now_is(delivery).state == DeliveryState.PUBLISHED


def test_workers_that_died_while_they_looked_leave_no_place_taken(
    platform: Scripted,
    queue: Queue,
    work_off: Work,
    clock: time_machine.Traveller,
    settings: Settings,
) -> None:
    settings.DELIVERIES_AT_ONCE = 1
    platform.publishes = [OutcomeUnknown("No answer."), SENT]
    platform.finds = [SENT]
    first = waiting()
    work_off()
    sweeping.sweep()
    queue.clear()
    second = waiting()
    clock.shift(settings.LEASE_S + 1)
    work_off()
    work_off()
    assert now_is(first).state == now_is(second).state == DeliveryState.PUBLISHED


def test_a_worker_that_slept_through_its_lease_sends_nothing(
    platform: Scripted, work_off: Work, clock: time_machine.Traveller, settings: Settings
) -> None:
    seen: list[BaseException] = []

    def sleep(platform: Scripted) -> object:
        clock.shift(settings.LEASE_S + 1)
        sweeping.sweep()
        with pytest.raises(LeaseLost) as lost:
            platform.checkpoint({"publishing": True})
        seen.append(lost.value)
        raise lost.value

    platform.publishes = [sleep]
    delivery = waiting()
    work_off()
    assert seen
    assert now_is(delivery).state == DeliveryState.UNKNOWN


def test_an_answer_after_the_lease_is_believed_when_it_says_that_the_post_is_live(
    platform: Scripted, work_off: Work, clock: time_machine.Traveller, settings: Settings
) -> None:
    def late(platform: Scripted) -> object:
        clock.shift(settings.LEASE_S + 1)
        sweeping.sweep()
        return SENT

    platform.publishes = [late]
    delivery = waiting()
    work_off()
    assert now_is(delivery).state == DeliveryState.PUBLISHED
    assert len(platform.published) == 1


def test_a_checkpoint_renews_the_lease(
    platform: Scripted, work_off: Work, clock: time_machine.Traveller, settings: Settings
) -> None:
    def slow(platform: Scripted) -> object:
        for part in range(5):
            clock.shift(settings.LEASE_S - 1)
            platform.checkpoint({"sent": part})
            sweeping.sweep()
        return SENT

    platform.publishes = [slow]
    delivery = waiting()
    work_off()
    assert delivery.attempts.get().outcome == "published"


def test_a_second_sending_is_never_begun_while_the_outcome_is_unknown(
    platform: Scripted, work_off: Work
) -> None:
    platform.publishes = [OutcomeUnknown("No answer.")]
    delivery = waiting()
    work_off()
    send.send_delivery(delivery.pk)
    assert len(platform.published) == 1
