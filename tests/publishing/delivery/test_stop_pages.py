"""The pages of stops: placed in two clicks, released by two people, new times for what was held."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from publishing.actions.spreading import spread_held, spread_times
from publishing.delivery.stopping import Scope
from publishing.errors import Conflict, Refused
from publishing.models import Delivery, Post, PostState, Stop, StopScope, Version
from tests.at_once import at_once
from tests.factories import communications_officer, digital_officer, drafter_of
from tests.publishing.delivery.factories import approved_post, connected_account, waiting
from tests.publishing.delivery.stops import released, stopped
from tests.publishing.making import approved, fresh, in_hours, newest
from tests.visiting import text_of

pytestmark = pytest.mark.django_db


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def test_home_leads_to_the_stop_for_whoever_may() -> None:
    officer, drafter = signed_in(digital_officer()), signed_in(drafter_of(connected_account()))
    assert f'href="{reverse("stop")}"' in officer.get("/").content.decode()
    assert f'href="{reverse("stop")}"' not in drafter.get("/").content.decode()
    assert drafter.get(reverse("stop")).status_code == 403
    assert drafter.post(reverse("stop_place"), {"reason": "Mine."}).status_code == 403

    officer.post(reverse("stop_place"), {"reason": "A death in office."})

    assert Stop.objects.get().scope == StopScope.EVERYTHING
    home = text_of(officer.get("/"))
    assert "All delivery is stopped" in home
    assert "A death in office." in home


def test_a_stop_is_placed_let_through_and_released_by_two() -> None:
    first, second = signed_in(digital_officer()), signed_in(digital_officer())
    account = connected_account(name="Libraries", handle="lib")
    post = waiting(account).post
    assert first.post(reverse("stop_place"), {"reason": ""}).status_code == 422
    typed = {"reason": "It was taken over.", "scope": "account"}
    refused = first.post(reverse("stop_place"), typed)
    assert (refused.status_code, "Choose the account" in text_of(refused)) == (422, True)
    assert "It was taken over." in refused.content.decode()
    assert first.post(reverse("stop_place"), {**typed, "account": account.pk}).status_code == 302
    assert first.post(reverse("stop_place"), {**typed, "account": account.pk}).status_code == 409
    page = Stop.objects.get().pk
    let = reverse("stop_let_through", args=[page])
    assert first.post(let, {"reason": "A flood."}).status_code == 422
    for wrong in ("nothing", "\x00", "9" * 40, "/posts/999999/"):
        assert first.post(let, {"reason": "A flood.", "post": wrong}).status_code == 422
    address = f"https://council.example/posts/{post.pk}/"
    assert first.post(let, {"reason": "A flood.", "post": address}).status_code == 302
    assert str(post) in text_of(first.get(reverse("stop_page", args=[page])))

    assert first.post(reverse("stop_ask", args=[page]), {"reason": " "}).status_code == 422
    assert first.post(reverse("stop_ask", args=[page]), {"reason": "Over."}).status_code == 302
    assert first.post(reverse("stop_agree", args=[page])).status_code == 409
    assert second.post(reverse("stop_decline", args=[page]), {"reason": ""}).status_code == 422
    assert second.post(reverse("stop_agree", args=[page])).status_code == 302
    assert second.post(reverse("stop_agree", args=[page])).status_code == 409
    assert not Stop.objects.in_force().exists()
    assert first.get(reverse("stop_page", args=[999999])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_who_agree_at_once_one_wins() -> None:
    from publishing.delivery.stopping import agree_release, ask_release

    stop, others = stopped(), [digital_officer(), digital_officer()]
    ask_release(stop_id=stop.pk, reason="Over.", by=digital_officer())

    said = at_once(
        *(lambda by=by: agree_release(stop_id=stop.pk, by=by) for by in others),
        refusals=Conflict,
    )

    assert [isinstance(each, Conflict) for each in said].count(True) == 1
    assert Stop.objects.get().released_by in others


def missed_by_a_stop(clock: time_machine.Traveller, *posts: Post) -> Stop:
    """What was due is held by a stop of everything, then that is released."""
    stop = stopped()
    clock.shift(3 * 3600)
    stop = released(stop)
    assert {fresh(post).state for post in posts} == {PostState.MISSED_SLOT}
    return stop


@pytest.mark.slow
def test_what_was_held_is_spread_over_hours_each_by_itself(clock: time_machine.Traveller) -> None:
    account, officer = connected_account(), communications_officer()
    author = drafter_of(account)
    others = [
        approved(author, communications_officer(), account, at=in_hours(1 + n / 60), title=f"P{n}")
        for n in range(3)
    ]
    own = approved(officer, communications_officer(), account, at=in_hours(2), title="Mine")
    stop = missed_by_a_stop(clock, *others, own)
    tom, before = signed_in(officer), timezone.now()
    page = text_of(tom.get(reverse("stop_page", args=[stop.pk])))
    assert "4 posts need a new time" in page

    spread = tom.post(reverse("stop_spread", args=[stop.pk]), {"hours": "2"})

    assert spread.status_code == 200
    assert text_of(spread).count("Approved by you") == 3
    assert text_of(spread).count("Awaits approval") == 1
    assert {fresh(post).state for post in others} == {PostState.SCHEDULED}
    assert fresh(own).state == PostState.AWAITING_APPROVAL
    times = [newest(post).publish_at or before for post in (*others, own)]
    assert times == sorted(times)
    assert len(set(times)) == 4
    assert before < times[0]
    assert times[-1] <= before + timedelta(hours=2)
    again = tom.post(reverse("stop_spread", args=[stop.pk]), {"hours": "2"})
    assert "Nothing needs a new time any more" in text_of(again)


def test_one_that_cannot_be_moved_does_not_keep_the_others(clock: time_machine.Traveller) -> None:
    account = connected_account()
    author, officer = drafter_of(account), communications_officer()
    good = approved(author, communications_officer(), account, at=in_hours(1))
    bad = approved(author, communications_officer(), account, at=in_hours(1), title="Changed")
    stop = missed_by_a_stop(clock, good, bad)
    Version.objects.filter(pk=newest(bad).pk).update(text="Changed by hand.")

    moved = {each.post.pk: each for each in spread_held(stop_id=stop.pk, hours=1, by=officer)}

    assert moved[good.pk].is_approved
    assert moved[bad.pk].at is None
    assert "outside the product" in moved[bad.pk].problem
    assert fresh(bad).state == PostState.MISSED_SLOT


def test_nothing_is_spread_while_it_is_held() -> None:
    stop, officer = stopped(), communications_officer()
    with pytest.raises(Conflict, match="Release it first"):
        spread_held(stop_id=stop.pk, hours=1, by=officer)
    with pytest.raises(Refused):
        spread_held(stop_id=stop.pk, hours=0, by=officer)
    page = signed_in(officer)
    for wrong in ("", "x", "0", "9999999999", "\x00"):
        answer = page.post(reverse("stop_spread", args=[stop.pk]), {"hours": wrong})
        assert answer.status_code == 422


@pytest.mark.parametrize("number", [0, 1, 2, 7, 100])
def test_new_times_are_different_minutes_in_order(number: int) -> None:
    now = timezone.now()
    times = spread_times(number, 2, now)
    assert len(set(times)) == number
    assert times == sorted(times)
    assert all(now < at <= now + timedelta(hours=2) for at in times)


def test_a_stop_s_page_tells_what_it_held_and_nothing_else(clock: time_machine.Traveller) -> None:
    both = approved_post(connected_account("x"), connected_account("facebook"))
    untouched = waiting(connected_account("x"))
    stop = stopped(Scope(kind=StopScope.PLATFORM, platform="facebook"))
    Delivery.objects.filter(account__platform="x").update(
        state="published", remote_id="1", published_at=timezone.now()
    )
    clock.shift(600)
    released(stop)
    page = text_of(signed_in(communications_officer()).get(reverse("stop_page", args=[stop.pk])))
    assert fresh(both).state == PostState.PART_PUBLISHED
    assert "Write a new post for" in page
    assert str(untouched.account) not in page


def test_the_page_of_a_stop_takes_a_constant_number_of_queries(
    clock: time_machine.Traveller,
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    officer = signed_in(communications_officer())
    account = connected_account()

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert officer.get(reverse("stop_page", args=[stop.pk])).status_code == 200
        return len(asked)

    stop = stopped()
    waiting(account)
    clock.shift(60)
    few = queries()
    for _ in range(4):
        waiting(account)
    clock.shift(60)
    assert queries() == few
