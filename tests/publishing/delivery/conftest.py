"""A platform by script, a queue that a test empties itself, and short ways to run the engine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine
from pytest_django import Settings

from publishing.delivery import queueing, reconcile, rounds, send
from publishing.delivery import sweep as sweeping
from publishing.models import Delivery
from tests.publishing.delivery.scripted import Scripted


@pytest.fixture(autouse=True)
def settings_of_the_engine(settings: Settings) -> None:
    settings.TWO_FACTOR_REQUIRED = False


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Scripted:
    """Every account's platform, by script."""
    scripted = Scripted()
    monkeypatch.setattr(send, "connect", lambda account: scripted)
    monkeypatch.setattr(reconcile, "connect", lambda account: scripted)
    return scripted


Queue = list[tuple[str, int]]


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Queue:
    """What was handed to the broker, and not yet worked off."""
    waiting: Queue = []

    def enqueue(task: str, ids: list[int]) -> None:
        waiting.extend((task, pk) for pk in ids)

    for module in (reconcile, rounds, sweeping):
        monkeypatch.setattr(module, "enqueue", enqueue)
    return waiting


@pytest.fixture
def work_off(queue: Queue) -> Callable[[], None]:
    """Sweep once, then do what was handed out, and what follows from that."""
    tasks = {
        queueing.SEND: send.send_delivery,
        queueing.RECONCILE: reconcile.reconcile_delivery,
    }

    def work() -> None:
        sweeping.sweep()
        while queue:
            task, pk = queue.pop(0)
            tasks[task](pk)

    return work


@pytest.fixture
def run(work_off: Callable[[], None], clock: time_machine.Traveller) -> Callable[[float], None]:
    """Let that many seconds go by, a sweep in each."""

    def seconds(number: float) -> None:
        for _ in range(int(number)):
            work_off()
            clock.shift(1)

    return seconds


def now_is(delivery: Delivery) -> Delivery:
    """The delivery as the database has it now."""
    return Delivery.objects.get(pk=delivery.pk)
