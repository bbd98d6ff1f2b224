"""Deliveries a second through the whole engine, over Celery tasks a second that do nothing."""

from __future__ import annotations

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

import redis
from django.conf import settings
from django.db.models import Max, Min
from django.utils import timezone

from benchmarks.council import ON, Council
from benchmarks.engine import running_engine
from benchmarks.measure import Figure, Pair, figure, rounds
from benchmarks.nothing import nothing
from benchmarks.size import Size
from publishing.models import Attempt, Delivery, DeliveryState
from tools.processes import Processes
from tools.services import WORKERS
from tools.trouble import Trouble

ACCOUNTS = 120
DELIVERIES = 900
TASKS = 4_000
AT_MOST_S = 60.0
THREADS = WORKERS["deliver"][1]
QUEUE = "deliver"


def run(size: Size) -> list[Figure]:
    # Two platforms share what the workers can do at once; in the demonstration there are three.
    at_once = str(THREADS // len(ON))
    with running_engine(DELIVERIES_AT_ONCE=at_once) as (control, processes):
        council = Council(control, size.of(ACCOUNTS, at_least=4))

        spent: list[Pair] = []

        def one() -> Pair:
            """The processor time of the worker for each beside it: what it is made of."""
            number, tasks = size.of(DELIVERIES, at_least=10), size.of(TASKS)
            times = [_processor_ms(processes)]
            delivered = _deliver(council, number, processes)
            times.append(_processor_ms(processes))
            done = _do_nothing(tasks, processes)
            times.append(_processor_ms(processes))
            spent.append(((times[1] - times[0]) / number, (times[2] - times[1]) / tasks))
            return delivered, done

        pairs = rounds(one, size.rounds)
    return [
        figure(
            "deliveries / tasks that do nothing",
            pairs,
            unit="a second",
            at_least=0.5,
            note=f"one worker, {THREADS} threads; X and Facebook through their client libraries",
        ),
        figure(
            "processor time of a delivery / of nothing",
            spent[1:],
            unit="milliseconds of the worker",
        ),
    ]


def _deliver(council: Council, number: int, processes: Processes) -> float:
    """How many a second, from the first claim to the last that is settled."""
    later = timezone.now() + timedelta(hours=1)
    ids = council.approved([later] * number)
    ours = Delivery.objects.filter(pk__range=(ids[0], ids[-1]))
    now = timezone.now()
    ours.update(due_at=now, try_at=now)
    end = time.monotonic() + AT_MOST_S
    while ours.exclude(state=DeliveryState.PUBLISHED).exists():
        processes.check()
        if time.monotonic() > end:
            states = set(ours.values_list("state", "reason"))
            raise Trouble(f"The deliveries were not done after {AT_MOST_S:.0f} s: {states}")
        time.sleep(0.25)
    took = Attempt.objects.filter(delivery__in=ours).aggregate(
        first=Min("claimed_at"), last=Max("ended_at")
    )
    return number / (took["last"] - took["first"]).total_seconds()


def _do_nothing(number: int, processes: Processes) -> float:
    """How many a second the same worker takes from the same queue, all of them there already."""
    worker = processes.children["worker-deliver"]
    broker = redis.Redis.from_url(settings.REDIS_URL)
    worker.send_signal(signal.SIGSTOP)
    try:
        for n in range(number):
            nothing.apply_async((n,), queue=QUEUE)
    finally:
        began = time.perf_counter()
        worker.send_signal(signal.SIGCONT)
    while broker.llen(QUEUE):
        processes.check()
        if time.perf_counter() - began > AT_MOST_S:
            raise Trouble(f"The tasks were not done after {AT_MOST_S:.0f} s.")
        time.sleep(0.005)
    return number / (time.perf_counter() - began)


def _processor_ms(processes: Processes) -> float:
    """What the worker has used so far, in milliseconds."""
    stat = Path(f"/proc/{processes.children['worker-deliver'].pid}/stat").read_text()
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")
