"""Circuits: a platform that is down is left alone, and the others go on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from pytest_django import Settings

from audit.models import Entry
from platforms.errors import OutcomeUnknown, Rejected, TryLater
from publishing.models import Circuit, DeliveryState
from tests.publishing.delivery.conftest import now_is
from tests.publishing.delivery.factories import connected_account, waiting
from tests.publishing.delivery.scripted import SENT, Scripted

pytestmark = pytest.mark.django_db

Run = Callable[[float], None]
Work = Callable[[], None]
DOWN = TryLater("X is down.", whole_platform=True)


def fail_until_open(platform: Scripted, work_off: Work, settings: Settings) -> None:
    settings.CIRCUIT_FAILURES = 3
    platform.publishes = [DOWN]
    for _ in range(3):
        waiting(connected_account("x"))
    work_off()


def test_it_opens_after_failures_in_a_row_and_says_so(
    platform: Scripted, work_off: Work, settings: Settings
) -> None:
    fail_until_open(platform, work_off, settings)
    circuit = Circuit.objects.get()
    assert circuit.is_open(timezone.now())
    assert circuit.reason == "X is down."
    assert Entry.objects.filter(event="circuit.opened").count() == 1


def test_nothing_is_sent_to_the_platform_while_it_is_open_and_others_go_on(
    platform: Scripted, work_off: Work, settings: Settings
) -> None:
    fail_until_open(platform, work_off, settings)
    platform.publishes = [SENT]
    there = waiting(connected_account("x"))
    elsewhere = waiting(connected_account("facebook"))
    work_off()
    assert now_is(there).state == DeliveryState.WAITING
    assert now_is(elsewhere).state == DeliveryState.PUBLISHED


def test_it_closes_by_itself_with_the_first_success(
    platform: Scripted, work_off: Work, run: Run, settings: Settings
) -> None:
    fail_until_open(platform, work_off, settings)
    platform.publishes = [SENT]
    there = waiting(connected_account("x"))
    run(settings.CIRCUIT_OPEN_S + 2)
    assert now_is(there).state == DeliveryState.PUBLISHED
    assert Circuit.objects.get().failures == 0
    assert Entry.objects.filter(event="circuit.closed").count() == 1


def test_it_opens_again_with_the_first_failure_after_the_pause(
    platform: Scripted, work_off: Work, run: Run, settings: Settings
) -> None:
    fail_until_open(platform, work_off, settings)
    run(settings.CIRCUIT_OPEN_S + 2)
    assert Circuit.objects.get().is_open(timezone.now())
    assert Entry.objects.filter(event="circuit.opened").count() == 2


@pytest.mark.parametrize(
    ("answer", "counts"),
    [(DOWN, 1), (OutcomeUnknown("No answer."), 1), (TryLater("Slow."), 0), (Rejected("No."), 0)],
)
def test_only_the_platforms_own_trouble_counts(
    platform: Scripted, work_off: Work, answer: Exception, counts: int
) -> None:
    platform.publishes = [answer]
    waiting(connected_account("x"))
    work_off()
    assert sum(Circuit.objects.values_list("failures", flat=True)) == counts
