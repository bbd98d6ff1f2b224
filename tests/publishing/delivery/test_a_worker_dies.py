"""A real worker is ended in the middle of a call: the others go on, and the row is settled."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings

from platforms.sandbox.running import RunningSandbox, running_sandbox
from publishing.models import Delivery, DeliveryState
from tests.publishing.delivery.factories import waiting
from tests.publishing.delivery.test_over_http import account_on
from tools.services import CELERY, QUIET, beat

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

OTHERS_WITHIN_S = 30
SETTLED_WITHIN_S = 120
TIMES = {"PLATFORM_TIMEOUT_S": "4", "LEASE_S": "10", "ABSENCE_GAP_S": "5"}
"""Shorter than those of the settings, and in the same proportion."""


@pytest.fixture
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox(seed=3) as running:
        running.control.fault_rates({}, seconds={"hang": 300.0})
        yield running


@pytest.fixture
def start(child_environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., int]]:
    """Start a process of the product; its id. All are ended afterwards."""
    env = (
        child_environment
        | TIMES
        | {
            "SECRET_KEY": settings.SECRET_KEY,
            "CREDENTIAL_KEYS": ",".join(settings.CREDENTIAL_KEYS),
            "TWO_FACTOR_REQUIRED": "off",
        }
    )
    with ExitStack() as stack:

        def started(*command: object) -> int:
            log = stack.enter_context((tmp_path / "processes.log").open("ab"))
            process = subprocess.Popen(
                [str(part) for part in command], cwd=settings.BASE_DIR, env=env, stderr=log
            )
            stack.callback(process.wait)
            stack.callback(process.kill)
            return process.pid

        yield started


def worker(name: str) -> list[object]:
    return [
        *CELERY,
        "worker",
        "-Q",
        "sweep,deliver",
        "-P",
        "threads",
        "-c",
        "6",
        "-n",
        name,
        *QUIET,
    ]


def seconds_until(is_so: Callable[[], bool], at_most: float) -> float:
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < at_most, "not in time"
        time.sleep(0.1)
    return time.monotonic() - began


def is_published(delivery: Delivery) -> bool:
    return Delivery.objects.get(pk=delivery.pk).state == DeliveryState.PUBLISHED


@pytest.mark.parametrize("ended_by", [signal.SIGKILL, signal.SIGTERM])
def test_the_others_go_on_and_the_row_in_flight_is_settled(
    ended_by: signal.Signals,
    sandbox: RunningSandbox,
    start: Callable[..., int],
) -> None:
    stuck = waiting(account_on(sandbox, "x"), text="This call hangs after it was accepted.")
    sandbox.control.fault("hang", platform="x", account=stuck.account.handle)
    start(*beat())
    doomed = start(*worker("doomed@%h"))
    seconds_until(lambda: stuck.attempts.filter(started_at__isnull=False).exists(), 60)

    os.kill(doomed, ended_by)
    start(*worker("next@%h"))
    others = [waiting(account_on(sandbox, platform)) for platform in ("x", "facebook")]

    gone_on = seconds_until(lambda: all(map(is_published, others)), OTHERS_WITHIN_S)
    settled = gone_on + seconds_until(lambda: is_published(stuck), SETTLED_WITHIN_S - gone_on)
    print(f"{ended_by.name}: others after {gone_on:.1f} s, the row in flight after {settled:.1f} s")
    [told] = sandbox.control.copies(
        "x", stuck.account.handle, ["This call hangs after it was accepted."]
    )
    assert told == {"copies": 1, "calls": 1}
