"""Whether the workers and beat are alive, as the database knows it.

Beat sends one message to each queue every ten seconds; the worker that takes it stamps its queue,
and beat, whose message it was. So a queue that is stuck is late even where its process still runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from jobs.models import Heartbeat

LATE = timedelta(seconds=60)
BEAT = "beat"
LABELS = {
    BEAT: "Timer (beat)",
    "worker:sweep": "Worker: finds what is due",
    "worker:deliver": "Worker: sends posts",
    "worker:intake": "Worker: takes in mentions",
    "worker:aside": "Worker: everything else",
}


@dataclass(frozen=True, slots=True)
class HeartbeatStatus:
    """One process of the background work, and when it was last seen."""

    name: str
    label: str
    last_seen: datetime | None
    alive: bool


def stamp(queue: str, *, detail: str = "") -> None:
    """Note that a worker of `queue` is alive, and so is beat, which woke it."""
    now = timezone.now()
    for name in (f"worker:{queue}", BEAT):
        Heartbeat.objects.update_or_create(name=name, defaults={"at": now, "detail": detail[:200]})


def statuses(now: datetime) -> list[HeartbeatStatus]:
    """Beat and the worker of each queue, in a fixed order, also those never seen. One query."""
    seen = dict(Heartbeat.objects.filter(name__in=LABELS).values_list("name", "at"))
    return [
        HeartbeatStatus(
            name, label, last := seen.get(name), last is not None and now - last <= LATE
        )
        for name, label in LABELS.items()
    ]
