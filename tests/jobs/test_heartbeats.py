"""Whether the workers and beat are alive, as the database knows it."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from time_machine import Traveller

from jobs.heartbeats import HeartbeatStatus, stamp, statuses
from jobs.models import Heartbeat

pytestmark = pytest.mark.django_db


def status(name: str) -> HeartbeatStatus:
    return next(one for one in statuses(timezone.now()) if one.name == name)


def test_what_was_never_seen_is_not_alive(clock: Traveller) -> None:
    assert [one.alive for one in statuses(timezone.now())] == [False] * 5
    assert status("beat").last_seen is None


def test_a_heartbeat_shows_its_queue_and_the_timer_alive_and_no_other(clock: Traveller) -> None:
    stamp("deliver")
    alive = [one.name for one in statuses(timezone.now()) if one.alive]
    assert alive == ["beat", "worker:deliver"]


def test_it_is_late_after_a_minute(clock: Traveller) -> None:
    stamp("sweep")
    clock.shift(timedelta(seconds=60))
    assert status("worker:sweep").alive
    clock.shift(timedelta(seconds=1))
    assert not status("worker:sweep").alive


def test_each_queue_has_one_row_however_often_it_beats(clock: Traveller) -> None:
    for _ in range(3):
        stamp("intake")
    assert Heartbeat.objects.count() == 2


def test_one_query_answers_for_all(clock: Traveller, django_assert_num_queries) -> None:
    stamp("aside")
    with django_assert_num_queries(1):
        statuses(timezone.now())


def test_the_command_names_what_is_late(clock: Traveller) -> None:
    stamp("deliver")
    call_command("check_heartbeat", "worker:deliver")
    with pytest.raises(CommandError, match="worker:sweep"):
        call_command("check_heartbeat", "worker:deliver", "worker:sweep")
