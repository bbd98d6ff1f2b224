"""How late a delivery is called at one a second, with and without intake at full speed."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from benchmarks.council import Council
from benchmarks.engine import running_engine
from benchmarks.measure import Figure, figure, p95
from benchmarks.size import Size
from monitoring.models import DailyMentions, IntakeCursor, Mention
from platforms.sandbox.remote import Control
from publishing.models import Attempt, Delivery, DeliveryState
from tools.processes import Processes
from tools.services import WORKERS, worker
from tools.trouble import Trouble

ACCOUNTS = 20
MENTIONS = 6_000
"""For each account: more than is taken in during a run."""
DELIVERIES = 15
"""A round, one a second, at any moment between two sweeps."""
GRACE_S = 0.5
INTAKE = "worker-intake"


@dataclass(slots=True)
class Seen:
    """What a round found: how late each call was, in seconds, and the most connections."""

    late: list[float]
    connections: int
    mentions_a_second: float = 0.0


@dataclass(slots=True)
class Rounds:
    quiet: list[Seen] = field(default_factory=list)
    busy: list[Seen] = field(default_factory=list)


def run(size: Size) -> list[Figure]:
    # Every account is asked for its mentions again as soon as it has been asked.
    with running_engine(INTAKE_EVERY_S="1") as (control, processes):
        council = Council(control, ACCOUNTS)
        _seed(control, council, size.of(MENTIONS, at_least=200))
        found = Rounds()
        number = size.of(DELIVERIES, at_least=3)
        _wait_for_sweep(council, processes)
        for turn in range(size.rounds):
            found.quiet.append(_round(council, processes, number))
            found.busy.append(_with_intake(council, processes, number))
            print(f"  round {turn + 1}: {_said(found)}", flush=True)
    return _figures(found)


def _seed(control: Control, council: Council, number: int) -> None:
    for account in council.accounts:
        control.seed_mentions(account.platform, account.handle, number)


def _wait_for_sweep(council: Council, processes: Processes) -> None:
    """Until the first delivery is through: everything has started."""
    ids = council.approved([timezone.now()] * len(council.accounts))
    _wait_until_published(ids, processes, timezone.now() + timedelta(seconds=60))


def _with_intake(council: Council, processes: Processes, number: int) -> Seen:
    _forget_mentions()
    processes.start(INTAKE, worker("intake"))
    try:
        _wait_for_intake(processes)
        began, had = time.monotonic(), Mention.objects.count()
        seen = _round(council, processes, number)
        stored = Mention.objects.count() - had
        seen.mentions_a_second = stored / (time.monotonic() - began)
    finally:
        process = processes.children.pop(INTAKE)
        process.terminate()
        process.wait()
    return seen


def _forget_mentions() -> None:
    """So that everything is there to be taken in once more."""
    for rows in (Mention.objects, DailyMentions.objects, IntakeCursor.objects):
        rows.all()._raw_delete(rows.db)


def _wait_for_intake(processes: Processes) -> None:
    end = time.monotonic() + 30
    while not Mention.objects.exists():
        processes.check()
        if time.monotonic() > end:
            raise Trouble("Nothing was taken in for 30 seconds.")
        time.sleep(0.1)


def _round(council: Council, processes: Processes, number: int) -> Seen:
    """One delivery a second, a little later in the second each time."""
    first = timezone.now() + timedelta(seconds=1)
    dues = [first + timedelta(seconds=n * (1 + 1 / number)) for n in range(number)]
    ids = council.approved(dues)
    most = _wait_until_published(ids, processes, dues[-1] + timedelta(seconds=30))
    started = Attempt.objects.filter(delivery__in=ids).values_list("delivery__due_at", "started_at")
    return Seen([(at - due).total_seconds() for due, at in started if at], most)


def _wait_until_published(ids: list[int], processes: Processes, until: datetime) -> int:
    """The most connections to the database that were open meanwhile, ours not counted."""
    waiting = Delivery.objects.filter(pk__in=ids).exclude(state=DeliveryState.PUBLISHED)
    most = 0
    while waiting.exists():
        processes.check()
        most = max(most, _connections())
        if timezone.now() > until:
            states = list(waiting.values_list("state").annotate(Count("pk")).order_by())
            raise Trouble(f"Not everything was delivered in time: {states}")
        time.sleep(0.25)
    return most


def _connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
        return int(cursor.fetchone()[0])


def _said(found: Rounds) -> str:
    quiet, busy = found.quiet[-1], found.busy[-1]
    return (
        f"p95 {p95(quiet.late):.2f} s, with intake {p95(busy.late):.2f} s "
        f"({busy.mentions_a_second:,.0f} mentions a second), {busy.connections} connections"
    )


def _figures(found: Rounds) -> list[Figure]:
    sweep = settings.SWEEP_S
    quiet, busy = [[p95(seen.late) for seen in seens] for seens in (found.quiet, found.busy)]
    pool = sum(threads for _, threads in WORKERS.values())
    rates = sorted(seen.mentions_a_second for seen in found.busy)
    mentions = f"{rates[len(rates) // 2]:,.0f} mentions a second were stored meanwhile"
    everything = [late for seen in found.quiet for late in seen.late]
    return [
        figure(
            "lateness at one a second / sweep + 0.5 s",
            [(late, sweep + GRACE_S) for late in quiet],
            unit="p95, seconds",
            at_most=1,
            note=f"p95 of all {len(everything)}: {p95(everything):.2f} s",
        ),
        figure(
            "lateness with intake / sweep + 0.5 s",
            [(late, sweep + GRACE_S) for late in busy],
            unit="p95, seconds",
            at_most=1,
            note=mentions,
        ),
        figure(
            "what intake adds / sweep interval",
            [(late - without, sweep) for late, without in zip(busy, quiet, strict=True)],
            unit="seconds",
            at_most=1,
        ),
        figure(
            "connections / threads of the workers",
            [(float(max(seen.connections for seen in found.busy + found.quiet)), float(pool))],
            unit="connections at most",
            at_most=1,
        ),
    ]
