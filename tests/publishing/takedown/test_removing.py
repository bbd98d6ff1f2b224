"""The engine of removals: what was there is kept first, and what is removed twice does no harm."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.models import SocialAccount, User
from audit.models import Entry
from platforms.contract import Removed
from platforms.errors import OutcomeUnknown, Rejected, SignInExpired, TryLater
from publishing.delivery.errands import (
    TRIES_AT_MOST,
    ImpossibleErrand,
    lock_errand,
    move_errand,
)
from publishing.delivery.stopping import place_stop
from publishing.models import (
    REMOVAL_TRANSITIONS,
    Circuit,
    DeliveryState,
    PostState,
    Removal,
    RemovalState,
    Takedown,
)
from publishing.takedown import removing, rounds
from publishing.takedown.settling import settle
from tests.factories import digital_officer
from tests.publishing.takedown.conftest import Work, taken_down
from tests.publishing.takedown.scripted import Scripted, live_post, now_is, removal_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
S = RemovalState


def the_removal() -> Removal:
    return Removal.objects.select_related("delivery", "takedown").get()


def test_all_of_it_is_removed_and_the_post_is_taken_down(
    account: SocialAccount, page: SocialAccount, officer: User, platform: Scripted, work_off: Work
) -> None:
    post = live_post(account, page)
    takedown = taken_down(post, officer)
    work_off()
    takedown.refresh_from_db()
    assert takedown.finished_at
    assert now_is(post).state == PostState.TAKEN_DOWN
    assert set(post.deliveries.values_list("state", flat=True)) == {DeliveryState.TAKEN_DOWN}
    told = list(Entry.objects.values_list("event", flat=True))
    assert told.count("delivery.removal_done") == 2
    assert told.count("post.taken_down") == 1


def test_one_that_is_left_keeps_the_takedown_open(
    account: SocialAccount, page: SocialAccount, officer: User, platform: Scripted, work_off: Work
) -> None:
    post = live_post(account, page)
    takedown = taken_down(post, officer)
    platform.removes = [Removed(), Rejected("No.")]
    work_off()
    takedown.refresh_from_db()
    assert takedown.finished_at is None
    assert now_is(post).state == PostState.PUBLISHED


def test_what_was_there_is_kept_before_the_call_and_once(
    asked: Takedown, platform: Scripted, work_off: Work, clock: time_machine.Traveller
) -> None:
    def broken() -> Removed:
        assert the_removal().snapshot["text"] == "The library is open on Sunday."
        assert the_removal().snapshot_at
        raise OutcomeUnknown("No answer.")

    platform.removes = [broken, Removed()]
    work_off()
    clock.shift(60)
    work_off()
    assert platform.asked == ["look", "remove", "remove"]
    kept = the_removal().snapshot
    assert (kept["source"], kept["alt_texts"], kept["figures"]) == (
        "platform",
        ["A door"],
        {"likes": 3},
    )


def test_a_look_that_fails_does_not_hold_it_up(
    asked: Takedown, platform: Scripted, work_off: Work
) -> None:
    platform.looks = [TryLater("Busy.")]
    work_off()
    removal = the_removal()
    assert (removal.state, removal.snapshot["source"]) == (S.REMOVED, "sent")
    assert removal.snapshot["text"] == "The library is open on Sunday."


def test_what_is_gone_already_counts_as_removed(
    asked: Takedown, platform: Scripted, work_off: Work
) -> None:
    platform.looks, platform.removes = [None], [Removed(was_there=False)]
    work_off()
    removal = the_removal()
    assert (removal.state, removal.snapshot["source"]) == (S.REMOVED, "gone")
    assert removal.detail == "It was not there any more."


@pytest.mark.parametrize(
    "error", [Rejected("They say no."), SignInExpired("Signed out."), TryLater("Tomorrow.")]
)
def test_what_no_program_can_do_now_is_for_a_person(
    error: Exception, asked: Takedown, platform: Scripted, work_off: Work
) -> None:
    if isinstance(error, TryLater):
        error.after = timedelta(hours=9)
    platform.removes = [error]
    work_off()
    removal = the_removal()
    assert (removal.state, removal.detail) == (S.BY_HAND, str(error))
    assert Entry.objects.filter(event="delivery.removal_by_hand_asked").count() == 1
    credential = removal.delivery.account.credential
    assert bool(credential.refused_at) == isinstance(error, SignInExpired)


def test_an_unknown_outcome_is_tried_again_with_pauses_and_then_by_hand(
    asked: Takedown, platform: Scripted, work_off: Work, clock: time_machine.Traveller
) -> None:
    platform.removes = [OutcomeUnknown("No answer.")]
    settings_failures = settings.CIRCUIT_FAILURES
    settings.CIRCUIT_FAILURES = 100
    try:
        waits = []
        while the_removal().state != S.BY_HAND:
            work_off()
            waits.append((the_removal().try_at - timezone.now()).total_seconds())
            clock.shift(max(waits[-1], 0) + 1)
    finally:
        settings.CIRCUIT_FAILURES = settings_failures
    assert platform.asked.count("remove") == TRIES_AT_MOST
    assert waits[1] > waits[0] > 0


def test_what_is_not_due_is_left_alone(asked: Takedown, platform: Scripted, work_off: Work) -> None:
    Removal.objects.update(try_at=timezone.now() + timedelta(minutes=1))
    work_off()
    assert platform.asked == []


def test_a_killed_workers_removal_is_tried_again_when_its_lease_has_run_out(
    asked: Takedown,
    platform: Scripted,
    errand_queue: list[int],
    work_off: Work,
    clock: time_machine.Traveller,
) -> None:
    rounds.take_down()
    errand_queue.clear()
    assert the_removal().state == S.REMOVING
    work_off()
    assert platform.asked == []
    clock.shift(settings.LEASE_S + 1)
    work_off()
    assert the_removal().state == S.WAITING
    clock.shift(60)
    work_off()
    assert the_removal().state == S.REMOVED


def test_an_answer_after_the_lease_changes_nothing(account: SocialAccount) -> None:
    removal = removal_in(S.REMOVING, account)
    settle(removal.pk, tried=removal.tries - 1, answer=Removed())
    assert the_removal().state == S.REMOVING
    Removal.objects.update(state=S.WAITING, lease_until=None)
    settle(removal.pk, tried=removal.tries, answer=Rejected("No."))
    assert the_removal().state == S.WAITING


def test_a_message_that_comes_twice_does_no_harm(
    asked: Takedown, platform: Scripted, errand_queue: list[int]
) -> None:
    rounds.take_down()
    [pk] = errand_queue
    removing.remove_delivery(pk)
    removing.remove_delivery(pk)
    assert platform.asked == ["look", "remove"]


def test_the_platform_is_called_with_no_transaction_open(
    asked: Takedown, platform: Scripted, work_off: Work
) -> None:
    depth = len(connection.savepoint_ids)

    def look_at_the_connection() -> Removed:
        assert len(connection.savepoint_ids) == depth
        return Removed()

    platform.removes = [look_at_the_connection]
    work_off()
    assert the_removal().state == S.REMOVED


def test_a_stop_does_not_hold_it(asked: Takedown, platform: Scripted, work_off: Work) -> None:
    place_stop(reason="An emergency.", by=digital_officer())
    work_off()
    assert the_removal().state == S.REMOVED


def test_an_open_circuit_puts_it_off(
    asked: Takedown, platform: Scripted, work_off: Work, clock: time_machine.Traveller
) -> None:
    now = timezone.now()
    Circuit.objects.create(
        platform="x", failures=5, opened_at=now, open_until=now + timedelta(minutes=1)
    )
    work_off()
    assert platform.asked == []
    clock.shift(61)
    work_off()
    assert the_removal().state == S.REMOVED


def test_one_whose_number_we_do_not_know_is_for_a_person(
    asked: Takedown, platform: Scripted, work_off: Work
) -> None:
    asked.post.deliveries.update(remote_id="")
    work_off()
    assert platform.asked == []
    assert the_removal().state == S.BY_HAND
    assert "not its number" in the_removal().detail


@pytest.mark.parametrize("to", S.values)
@pytest.mark.parametrize("state", S.values)
def test_every_move_is_in_the_table_or_is_refused(
    state: str, to: str, account: SocialAccount, officer: User
) -> None:
    removal = lock_errand(Removal, removal_in(S(state), account).pk)
    now = timezone.now()
    beside: dict[RemovalState, dict[str, Any]] = {
        S.REMOVING: {"lease_until": now},
        S.REMOVED_BY_HAND: {"done_at": now, "done_by": officer, "proof_note": "Gone."},
    }
    if S(to) in REMOVAL_TRANSITIONS[S(state)]:
        move_errand(removal, S(to), **beside.get(S(to), {}))
        assert the_removal().state == to
    else:
        with pytest.raises(ImpossibleErrand):
            move_errand(removal, S(to))
        assert the_removal().state == state
