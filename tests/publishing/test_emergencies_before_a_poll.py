"""An emergency before a poll does not wait; who checks it afterwards, and what follows from it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import CorporateRole
from audit.models import Entry
from publishing.actions.elections import Details, cancel_period, enter_period, keep_names
from publishing.emergencies import to_check_by
from publishing.errors import NotAllowed
from publishing.models import Emergency, NameKind, PostState
from tests.factories import person
from tests.publishing.test_emergencies import checked, let_go

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty(db):
    return person(CorporateRole.DUTY_OFFICER, name="Dee Duty")


@pytest.fixture
def monitor(db):
    return person(CorporateRole.MONITORING_OFFICER, name="Mel Monitor")


@pytest.fixture
def before_a_poll(monitor):
    today = timezone.localdate()
    details = Details(
        name="Town council",
        nation="england",
        kind="local",
        notice_on=today - timedelta(days=1),
        poll_on=today + timedelta(days=20),
    )
    period = enter_period(details=details, by=monitor)
    keep_names(period_id=period.pk, names=[(NameKind.CANDIDATE, "Jo Rivers")], by=monitor)
    return period


def test_before_a_poll_it_goes_out_and_the_monitoring_officer_checks_it_afterwards(
    duty, officer, monitor, account, before_a_poll
):
    about = let_go(duty, account, text="Jo Rivers is missing near the river. Call 999.")
    plain = let_go(duty, account)
    assert about.state == plain.state == PostState.APPROVED
    said = Entry.objects.filter(event="post.published_in_emergency").order_by("sequence")[0]
    assert "Jo Rivers" in str(said.details)
    theirs, ours = Emergency.objects.order_by("pk")
    assert (theirs.is_about_election, ours.is_about_election) == (True, False)
    assert list(to_check_by(monitor)) == [theirs]
    assert list(to_check_by(officer)) == [ours]
    with pytest.raises(NotAllowed):
        checked(theirs, officer)
    with pytest.raises(NotAllowed):
        checked(ours, monitor)
    assert checked(theirs, monitor).checked_by == monitor


def test_that_it_was_about_an_election_stays_when_the_period_is_cancelled(
    duty, officer, monitor, account, before_a_poll
):
    let_go(duty, account, text="Jo Rivers is missing near the river. Call 999.")
    cancel_period(period_id=before_a_poll.pk, reason="Countermanded.", by=monitor)
    assert list(to_check_by(monitor)) == [Emergency.objects.get()]


def test_the_monitoring_officer_checks_on_the_page(client, duty, monitor, account, before_a_poll):
    post = let_go(duty, account, text="Jo Rivers is missing near the river. Call 999.")
    client.force_login(monitor)
    assert "Check it now" in client.get(reverse("post", args=[post.pk])).text
    answer = client.post(reverse("emergency_check", args=[post.pk]), {"outcome": "in_order"})
    assert answer.url == reverse("post", args=[post.pk])


def test_whoever_says_not_in_order_comes_straight_to_taking_it_down(client, duty, officer, account):
    post = let_go(duty, account)
    wrong = {"outcome": "not_in_order", "comment": "Another river."}
    client.force_login(officer)
    address = reverse("emergency_check", args=[post.pk])
    live = {"state": "published", "published_at": timezone.now(), "remote_id": "r1"}
    post.deliveries.update(**live)
    down = reverse("post_take_down", args=[post.pk])
    assert client.post(address, wrong).url == down
    assert f'href="{down}">Take it down' in client.get(reverse("post", args=[post.pk])).text


def test_where_nothing_is_live_there_is_nothing_to_take_down(client, duty, officer, account):
    post = let_go(duty, account)
    client.force_login(officer)
    wrong = {"outcome": "not_in_order", "comment": "Another river."}
    answer = client.post(reverse("emergency_check", args=[post.pk]), wrong)
    assert answer.url == reverse("post", args=[post.pk])
