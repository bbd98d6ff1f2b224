"""Stops: nothing they hold leaves, two people release them, and nothing bursts out afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.access import NotAllowed
from audit.models import Entry
from audit.presenters import sentence
from publishing.delivery import look_again, send, sweep
from publishing.delivery.claim import claim_due
from publishing.delivery.stopping import (
    Scope,
    agree_release,
    ask_release,
    decline_release,
    let_through,
    place_stop,
)
from publishing.errors import Conflict, OwnWork, Refused
from publishing.models import Attempt, Delivery, DeliveryState, PostState, Stop, StopScope
from tests.factories import digital_officer, drafter_of
from tests.publishing.delivery.conftest import Queue, now_is
from tests.publishing.delivery.factories import approved_post, connected_account, waiting
from tests.publishing.delivery.scripted import Scripted
from tests.publishing.delivery.stops import released, stopped

pytestmark = pytest.mark.django_db

Run = Callable[[float], None]


def test_nothing_is_claimed_under_a_stop(platform: Scripted, run: Run) -> None:
    delivery = waiting()
    stopped()
    run(5)
    assert now_is(delivery).state == DeliveryState.WAITING
    assert not delivery.attempts.exists()
    assert not platform.published


def test_what_is_due_after_the_release_goes_on(
    platform: Scripted, run: Run, clock: time_machine.Traveller
) -> None:
    delivery = waiting(due_at=timezone.now() + timedelta(minutes=10))
    stop = stopped()
    run(2)
    released(stop)
    clock.shift(600)
    run(2)
    assert now_is(delivery).state == DeliveryState.PUBLISHED


def test_nothing_overdue_leaves_by_itself_when_a_stop_is_released(
    platform: Scripted, run: Run, clock: time_machine.Traveller
) -> None:
    account = connected_account()
    start = timezone.now()
    overdue = [
        waiting(account, text=f"Post {n}", due_at=start + timedelta(minutes=n)) for n in (0, 1, 2)
    ]
    later = waiting(account, due_at=start + timedelta(minutes=9))
    stop = stopped()
    clock.shift(5 * 60)

    released(stop)
    run(5)

    assert [now_is(each).state for each in overdue] == ["missed"] * 3
    assert "was stopped when its time came" in now_is(overdue[0]).reason
    assert {each.post.state for each in map(now_is, overdue)} == {PostState.MISSED_SLOT}
    assert not platform.published
    clock.shift(5 * 60)
    run(2)
    assert now_is(later).state == DeliveryState.PUBLISHED


def test_what_a_worker_had_in_its_hands_does_not_leave_late_either(
    platform: Scripted, queue: Queue
) -> None:
    delivery = waiting()
    sweep.sweep()
    stop = stopped()
    released(stop)
    assert now_is(delivery).state == DeliveryState.SENDING

    send.send_delivery(delivery.pk)

    assert now_is(delivery).state == DeliveryState.MISSED
    assert not platform.published


def test_what_became_too_late_meanwhile_is_missed(
    platform: Scripted, run: Run, clock: time_machine.Traveller
) -> None:
    delivery = waiting()
    stopped()
    clock.shift(61 * 60)
    look_again.look_again()
    assert now_is(delivery).state == DeliveryState.MISSED
    assert Entry.objects.filter(event="delivery.missed").exists()


# ---- Two people release it -------------------------------------------------------------------


def test_one_person_asks_and_another_agrees() -> None:
    asker, other = digital_officer(name="Ana Lewis"), digital_officer(name="Tom Okafor")
    stop = stopped()
    ask_release(stop_id=stop.pk, reason="It is over.", by=asker)
    ask_release(stop_id=stop.pk, reason="Again.", by=asker)
    with pytest.raises(Conflict, match="Ana Lewis has asked already"):
        ask_release(stop_id=stop.pk, reason="Me too.", by=other)
    with pytest.raises(OwnWork, match="Somebody else has to agree"):
        agree_release(stop_id=stop.pk, by=asker)
    assert Stop.objects.in_force().exists()

    agree_release(stop_id=stop.pk, by=other)

    stop.refresh_from_db()
    assert (stop.release_asked_by, stop.released_by) == (asker, other)
    assert stop.release_reason == "It is over."
    for again in (ask_release, decline_release):
        with pytest.raises(Conflict, match="released already"):
            again(stop_id=stop.pk, reason="Late.", by=other)
    with pytest.raises(Conflict):
        agree_release(stop_id=stop.pk, by=other)
    said = Entry.objects.filter(event__startswith="stop.").order_by("sequence")
    assert [sentence(entry) for entry in said[1:]] == [
        "Ana Lewis asked for the stop on all delivery to be released",
        "Tom Okafor released the stop on all delivery",
    ]


def test_whoever_does_not_agree_says_why_and_it_stays() -> None:
    asker, other = digital_officer(), digital_officer()
    stop = stopped()
    with pytest.raises(Conflict, match="Nobody asks"):
        agree_release(stop_id=stop.pk, by=other)
    with pytest.raises(Conflict, match="Nobody asks"):
        decline_release(stop_id=stop.pk, reason="No.", by=other)
    ask_release(stop_id=stop.pk, reason="It is over.", by=asker)

    decline_release(stop_id=stop.pk, reason="The family has not been told.", by=other)

    stop.refresh_from_db()
    assert stop.is_in_force
    assert stop.release_asked_by is None
    ask_release(stop_id=stop.pk, reason="Now it is.", by=other)
    agree_release(stop_id=stop.pk, by=asker)
    assert not Stop.objects.in_force().exists()


def test_the_database_refuses_one_person_alone() -> None:
    stop, officer, now = stopped(), digital_officer(), timezone.now()
    alone = {"released_by": officer, "released_at": now}
    both = {"release_asked_by": officer, "release_asked_at": now}
    for values in (alone, {**alone, **both}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Stop.objects.filter(pk=stop.pk).update(**values)


def test_everything_about_a_stop_needs_a_reason() -> None:
    officer = digital_officer()
    with pytest.raises(Refused):
        place_stop(reason="  ", by=officer)
    stop = place_stop(reason="An emergency.", by=officer)
    with pytest.raises(Refused):
        ask_release(stop_id=stop.pk, reason="", by=officer)
    with pytest.raises(Refused):
        let_through(stop_id=stop.pk, reason=" ", accounts=[connected_account()], by=officer)
    ask_release(stop_id=stop.pk, reason="Over.", by=officer)
    with pytest.raises(Refused):
        decline_release(stop_id=stop.pk, reason="", by=digital_officer())


def test_only_who_may_stops_releases_and_lets_through() -> None:
    account = connected_account()
    drafter = drafter_of(account)
    with pytest.raises(NotAllowed):
        place_stop(reason="An emergency.", by=drafter)
    stop = stopped()
    for act in (
        lambda: ask_release(stop_id=stop.pk, reason="I want to.", by=drafter),
        lambda: agree_release(stop_id=stop.pk, by=drafter),
        lambda: decline_release(stop_id=stop.pk, reason="No.", by=drafter),
        lambda: let_through(stop_id=stop.pk, reason="Mine.", accounts=[account], by=drafter),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Stop.objects.in_force().exists()


# ---- Scopes and exceptions -------------------------------------------------------------------


def test_there_is_one_of_a_scope_in_force_at_a_time() -> None:
    first, second = connected_account(), connected_account()
    scopes = [
        Scope(),
        Scope(kind=StopScope.PLATFORM, platform="x"),
        Scope(kind=StopScope.ACCOUNT, account=first),
        Scope(kind=StopScope.ACCOUNT, account=second),
        Scope(kind=StopScope.SERVICE_AREA, service_area=first.service_area),
    ]
    placed = [stopped(scope) for scope in scopes]
    for scope in scopes:
        with pytest.raises(Conflict):
            stopped(scope)
    for stop in placed:
        released(stop)
    assert stopped(scopes[1]).is_in_force


@pytest.mark.parametrize("kind", [kind for kind in StopScope if kind != StopScope.EVERYTHING])
def test_a_scope_names_what_it_stops(kind: StopScope) -> None:
    with pytest.raises(Refused, match="Choose the"):
        stopped(Scope(kind=kind))


def test_several_stops_hold_one_delivery_and_each_reason_is_shown(
    platform: Scripted, run: Run, queue: Queue
) -> None:
    delivery = waiting()
    sweep.sweep()
    stopped(reason="A death in office.")
    other = stopped(
        Scope(kind=StopScope.ACCOUNT, account=delivery.account), reason="It was taken over."
    )
    stopped(Scope(kind=StopScope.PLATFORM, platform="facebook"), reason="Elsewhere.")

    send.send_delivery(delivery.pk)

    assert now_is(delivery).state == DeliveryState.HELD
    said = now_is(delivery).reason
    assert "All delivery is stopped: A death in office." in said
    assert f"Delivery to {delivery.account} is stopped: It was taken over." in said
    assert "Elsewhere" not in said

    released(other)
    run(2)
    assert now_is(delivery).state == DeliveryState.HELD


def test_what_is_let_through_does_not_wait_behind_what_is_held(
    platform: Scripted, run: Run
) -> None:
    account, start = connected_account(), timezone.now()
    first = waiting(account, text="First", due_at=start - timedelta(minutes=5))
    second = waiting(account, text="Second", due_at=start - timedelta(minutes=3))
    elsewhere = waiting(connected_account())
    allowed = waiting(connected_account())
    stop = stopped(Scope(allowed_accounts=[allowed.account]))
    run(3)
    assert [now_is(each).state for each in (first, second, elsewhere)] == ["waiting"] * 3
    assert now_is(allowed).state == DeliveryState.PUBLISHED

    let_through(stop_id=stop.pk, posts=[second.post], reason="A flood.", by=digital_officer())
    run(2)

    assert [now_is(each).state for each in (first, second, elsewhere)] == [
        "waiting",
        "published",
        "waiting",
    ]
    last = Entry.objects.filter(event="stop.exception_added").get()
    assert "let Sunday through the stop on all delivery" in sentence(last)


def test_a_held_delivery_that_is_let_through_goes_soon(
    platform: Scripted, queue: Queue, run: Run
) -> None:
    delivery = waiting()
    sweep.sweep()
    stop = stopped()
    send.send_delivery(delivery.pk)
    assert now_is(delivery).state == DeliveryState.HELD
    queue.clear()

    let_through(
        stop_id=stop.pk, accounts=[delivery.account], reason="A flood.", by=digital_officer()
    )
    look_again.look_again()
    run(2)

    assert now_is(delivery).state == DeliveryState.PUBLISHED


def test_a_post_to_one_stopped_platform_is_part_published(
    platform: Scripted, run: Run, clock: time_machine.Traveller
) -> None:
    post = approved_post(connected_account("x"), connected_account("facebook"))
    stop = stopped(Scope(kind=StopScope.PLATFORM, platform="facebook"))
    run(2)
    released(stop)
    post.refresh_from_db()
    assert post.state == PostState.PART_PUBLISHED


def test_claiming_under_stops_takes_a_constant_number_of_queries() -> None:
    def queries() -> int:
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            claim_due(timezone.now())
            transaction.set_rollback(True)
        return len(asked)

    accounts = [connected_account() for _ in range(4)]
    for account in accounts:
        waiting(account)
    alone = queries()
    for account in accounts[:3]:
        stopped(Scope(kind=StopScope.ACCOUNT, account=account))
    assert queries() == alone
    assert Attempt.objects.count() == 0
    assert Delivery.objects.count() == 4
