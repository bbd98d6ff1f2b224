"""Captions follow a video that is live: as they were approved, once, and never unsettling it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.access import NotAllowed
from accounts.models import AccountState, SocialAccount, User
from council_social.my_tasks.tasks import tasks_for
from platforms.contract import Captioned
from platforms.errors import OutcomeUnknown, Rejected, SignInExpired, TryLater
from publishing.actions.captioned_by_hand import caption_again, confirm_captioned
from publishing.actions.taking_down import take_down
from publishing.captioning import adding, engine
from publishing.captioning.settling import settle
from publishing.delivery.errands import (
    TRIES_AT_MOST,
    ImpossibleErrand,
    lock_errand,
    move_errand,
)
from publishing.errors import Conflict
from publishing.models import (
    TRACK_TRANSITIONS,
    Captions,
    CaptionTrack,
    Circuit,
    Delivery,
    DeliveryState,
    TakedownReason,
    TrackState,
)
from tests.factories import communications_officer, drafter_of
from tests.publishing.captioning.conftest import Work
from tests.publishing.captioning.scripted import Scripted, told, track
from tests.publishing.delivery.stops import released, stopped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
S = TrackState


def test_what_was_approved_is_added_once_and_the_delivery_is_left_as_it_is(
    live: Delivery, platform: Scripted, work_off: Work
) -> None:
    before = Delivery.objects.filter(pk=live.pk).values().get()
    work_off()
    work_off()
    [(remote_id, file)] = platform.given
    words = Captions.objects.get()
    assert (remote_id, file.language, file.content) == ("v1", "en-GB", words.text.encode())
    assert (track().state, track().remote_id) == (S.ADDED, "c1")
    assert told("post.captions_sent") == 1
    assert Delivery.objects.filter(pk=live.pk).values().get() == before


def test_what_is_not_live_or_takes_no_captions_has_none_to_add(
    live: Delivery, platform: Scripted, work_off: Work
) -> None:
    Delivery.objects.update(state=DeliveryState.WAITING)
    work_off()
    Delivery.objects.update(state=DeliveryState.PUBLISHED)
    SocialAccount.objects.update(platform="facebook")
    work_off()
    assert not CaptionTrack.objects.exists()


def test_two_rounds_at_once_make_one_track(live: Delivery, errand_queue: list[int]) -> None:
    engine.take_up()
    engine.take_up()
    engine.wake()
    engine.wake()
    assert len(errand_queue) == CaptionTrack.objects.count() == 1


def test_a_message_that_comes_twice_does_no_harm(
    live: Delivery, platform: Scripted, errand_queue: list[int]
) -> None:
    engine.caption()
    [pk] = errand_queue
    adding.add_captions(pk)
    adding.add_captions(pk)
    assert len(platform.given) == 1


def test_the_platform_is_called_with_no_transaction_open(
    live: Delivery, platform: Scripted, work_off: Work
) -> None:
    depth = len(connection.savepoint_ids)

    def look_at_the_connection() -> Captioned:
        assert len(connection.savepoint_ids) == depth
        return Captioned("c1")

    platform.answers = [look_at_the_connection]
    work_off()
    assert track().state == S.ADDED


@pytest.mark.parametrize("changed", ["words", "language", "approval", "another"])
def test_what_was_not_approved_is_not_added(
    changed: str, live: Delivery, platform: Scripted, work_off: Work, author: User
) -> None:
    engine.take_up()
    if changed == "approval":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM publishing_approval")
    elif changed == "another":
        other = Captions.objects.get()
        other.pk = None
        other.text = "WEBVTT\n\n00:00.000 --> 00:01.000\nOther words\n"
        other.save()
        CaptionTrack.objects.update(captions=other)
    else:
        Captions.objects.update(**{"text" if changed == "words" else "language": "cy"})
    work_off()
    assert platform.given == []
    assert (track().state, track().detail) == (S.DROPPED, adding.TAMPERED)
    assert told("post.captions_failed") == 1


def test_a_video_that_is_taken_down_needs_none(
    live: Delivery, platform: Scripted, work_off: Work
) -> None:
    engine.take_up()
    officer = communications_officer()
    take_down(post_id=live.post_id, kind=TakedownReason.MISTAKE, reason="Wrong.", by=officer)
    work_off()
    assert (track().state, platform.given) == (S.DROPPED, [])
    assert told("post.captions_failed") == 0


def test_a_stop_holds_them_and_holding_is_no_try(
    live: Delivery, platform: Scripted, work_off: Work, clock: time_machine.Traveller
) -> None:
    stop = stopped(reason="National mourning.")
    for _ in range(TRIES_AT_MOST + 2):
        work_off()
        clock.shift(settings.HELD_RECHECK_S + 1)
    assert (track().state, track().tries, platform.given) == (S.WAITING, 0, [])
    assert "National mourning." in track().detail
    released(stop)
    work_off()
    assert track().state == S.ADDED


def test_an_account_that_may_not_publish_holds_them(
    live: Delivery, platform: Scripted, work_off: Work
) -> None:
    SocialAccount.objects.update(state=AccountState.SUSPENDED)
    work_off()
    assert (track().state, platform.given) == (S.WAITING, [])
    assert "suspended" in track().detail


def test_an_expired_sign_in_holds_them_and_is_told_of_the_connection(
    live: Delivery, platform: Scripted, work_off: Work
) -> None:
    platform.answers = [SignInExpired("Connect the channel again.")]
    work_off()
    assert (track().state, track().detail) == (S.WAITING, "Connect the channel again.")
    account = SocialAccount.objects.select_related("credential").get(pk=live.account_id)
    assert account.credential.refused_at


def test_what_is_refused_is_for_a_person(
    live: Delivery, platform: Scripted, work_off: Work
) -> None:
    platform.answers = [Rejected("They say no.")]
    work_off()
    work_off()
    assert (track().state, track().detail, len(platform.given)) == (S.BY_HAND, "They say no.", 1)
    assert told("post.captions_failed") == 1
    live.refresh_from_db()
    assert live.state == DeliveryState.PUBLISHED


def test_one_whose_number_we_do_not_know_is_for_a_person(
    live: Delivery, platform: Scripted, work_off: Work
) -> None:
    Delivery.objects.update(remote_id="")
    work_off()
    assert (track().state, platform.given) == (S.BY_HAND, [])
    with pytest.raises(Conflict, match="not its number"):
        caption_again(track_id=track().pk, by=communications_officer())


def test_an_unknown_outcome_is_tried_again_with_pauses_and_then_by_hand(
    live: Delivery, platform: Scripted, work_off: Work, clock: time_machine.Traveller, settings: Any
) -> None:
    settings.CIRCUIT_FAILURES = 100
    platform.answers = [OutcomeUnknown("No answer.")]
    waits: list[float] = []
    while not waits or track().state != S.BY_HAND:
        work_off()
        waits.append((track().try_at - timezone.now()).total_seconds())
        clock.shift(max(waits[-1], 0) + 1)
    assert len(platform.given) == TRIES_AT_MOST
    assert waits[1] > waits[0] > 0


def test_a_quota_of_a_day_is_waited_for(live: Delivery, platform: Scripted, work_off: Work) -> None:
    platform.answers = [TryLater("Quota.", after=timedelta(hours=20))]
    work_off()
    assert track().state == S.WAITING
    assert track().try_at - timezone.now() > timedelta(hours=19)


def test_a_killed_workers_captions_are_tried_again_when_its_lease_has_run_out(
    live: Delivery,
    platform: Scripted,
    errand_queue: list[int],
    work_off: Work,
    clock: time_machine.Traveller,
) -> None:
    engine.caption()
    errand_queue.clear()
    work_off()
    assert (track().state, platform.given) == (S.SENDING, [])
    clock.shift(settings.LEASE_S + 1)
    work_off()
    clock.shift(60)
    work_off()
    assert track().state == S.ADDED


@pytest.mark.parametrize("state", [S.ADDED, S.BY_HAND, S.DROPPED])
def test_what_is_settled_is_never_handed_out_again(
    state: str,
    live: Delivery,
    platform: Scripted,
    work_off: Work,
    clock: time_machine.Traveller,
) -> None:
    engine.take_up()
    CaptionTrack.objects.update(state=state)
    clock.shift(7 * 24 * 3600)
    work_off()
    assert (track().state, platform.given) == (state, [])


def test_an_answer_after_the_lease_changes_nothing(live: Delivery, errand_queue: list[int]) -> None:
    engine.caption()
    settle(track().pk, tried=0, answer=Captioned("late"))
    assert track().state == S.SENDING
    CaptionTrack.objects.update(state=S.WAITING, lease_until=None)
    settle(track().pk, tried=1, answer=Rejected("Late."))
    assert track().state == S.WAITING


def test_an_open_circuit_puts_it_off(live: Delivery, platform: Scripted, work_off: Work) -> None:
    now = timezone.now()
    Circuit.objects.create(
        platform="youtube", failures=5, opened_at=now, open_until=now + timedelta(minutes=1)
    )
    work_off()
    assert (track().state, platform.given) == (S.WAITING, [])


@pytest.mark.parametrize("to", S.values)
@pytest.mark.parametrize("state", S.values)
def test_every_move_is_in_the_table_or_is_refused(
    state: str, to: str, live: Delivery, author: User
) -> None:
    now = timezone.now()
    beside: dict[str, dict[str, Any]] = {
        S.SENDING: {"lease_until": now},
        S.ADDED_BY_HAND: {"done_at": now, "done_by": author},
    }
    CaptionTrack.objects.create(
        delivery=live, captions=Captions.objects.get(), state=state, **beside.get(state, {})
    )
    locked = lock_errand(CaptionTrack, track().pk)
    if S(to) in TRACK_TRANSITIONS[S(state)]:
        move_errand(locked, S(to), **beside.get(to, {}))
        assert track().state == to
    else:
        with pytest.raises(ImpossibleErrand):
            move_errand(locked, S(to))


def test_a_person_adds_them_by_hand_or_lets_the_service_try_again(
    client: Client,
    live: Delivery,
    platform: Scripted,
    work_off: Work,
    django_capture_on_commit_callbacks: Any,
) -> None:
    platform.answers = [Rejected("They say no."), Captioned("c1")]
    work_off()
    pk = track().pk
    for act in (confirm_captioned, caption_again):
        with pytest.raises(NotAllowed):
            act(track_id=pk, by=drafter_of(live.account))
    officer = communications_officer()
    client.force_login(officer)
    address = reverse("post_results", args=[live.post_id])
    page = client.get(address).text
    assert page.count("csrfmiddlewaretoken") == page.count('method="post"')
    for words in ("Add by hand", "They say no.", "Download the captions", "I have added them"):
        assert words in page
    client.force_login(drafter_of(live.account))
    assert "I have added them" not in client.get(address).text
    client.force_login(officer)
    client.post(reverse("captions_again", args=[live.post_id, live.pk]))
    work_off()
    assert track().state == S.ADDED
    assert "Try again" not in client.get(address).text
    gone = client.post(reverse("captions_by_hand", args=[live.post_id, live.pk]))
    assert gone.status_code == 409
    assert told("post.captions_tried_again") == 1


def test_they_wait_on_the_home_page_of_who_can_add_them(
    live: Delivery, platform: Scripted, work_off: Work
) -> None:
    platform.answers = [Rejected("They say no.")]
    work_off()
    officer = communications_officer()
    [task] = [each for each in tasks_for(officer) if each.text == "Captions to add by hand"]
    assert (task.count, task.href) == (1, reverse("post_results", args=[live.post_id]))
    others = tasks_for(drafter_of(live.account))
    assert "Captions to add by hand" not in [each.text for each in others]
    confirm_captioned(track_id=track().pk, by=officer)
    assert "Captions to add by hand" not in [each.text for each in tasks_for(officer)]


def test_who_added_them_by_hand_is_kept(live: Delivery, platform: Scripted, work_off: Work) -> None:
    platform.answers = [Rejected("They say no.")]
    work_off()
    officer = communications_officer()
    confirm_captioned(track_id=track().pk, by=officer)
    assert (track().state, track().done_by) == (S.ADDED_BY_HAND, officer)
    assert told("post.captions_added_by_hand") == 1
