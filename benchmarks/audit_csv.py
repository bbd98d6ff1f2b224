"""Audit entries as CSV through the page, over `COPY … TO STDOUT`; and the memory that it takes."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchmarks.measure import Figure, Pair, figure, rounds
from benchmarks.rows import AUDITOR
from benchmarks.scratch import run_python
from benchmarks.size import Size
from benchmarks.visitor import signed_in
from tools.trouble import Trouble

ENTRIES = 1_000_000
MOST_MB = 100
COPY = "COPY audit_entry TO STDOUT WITH (FORMAT csv)"


def run(size: Size) -> list[Figure]:
    entries = size.of(ENTRIES)
    print(f"  filling in {entries:,} entries", flush=True)
    run_python("-m", "benchmarks.rows", str(entries), "--audit")
    client = signed_in(AUDITOR)
    _ask(client)
    _forget_most()
    before = _memory()

    def one() -> Pair:
        return _page(client, entries), _copy(entries)

    pairs = rounds(one, size.rounds)
    most = _memory()
    return [
        figure("audit CSV / COPY", pairs, unit="rows a second", at_least=0.5),
        figure(
            f"memory that the CSV takes / {MOST_MB} MB",
            [(most - before, float(MOST_MB))],
            unit="MB at most",
            at_most=1,
            note=f"the whole process {most:.0f} MB; before the first download {before:.0f} MB",
        ),
    ]


def _ask(client: Client, since: str = "2000-01-01", until: str = "2000-01-02") -> int:
    """Download; how many lines came."""
    query = urlencode({"since": since, "until": until})
    response: Any = client.get(f"{reverse('audit_csv')}?{query}")
    if response.status_code != 200:
        raise Trouble(f"The download answered {response.status_code}.")
    return sum(piece.count(b"\n") for piece in response.streaming_content)


def _page(client: Client, entries: int) -> float:
    tomorrow = timezone.localdate() + timedelta(days=1)
    began = time.perf_counter()
    lines = _ask(client, until=tomorrow.isoformat())
    took = time.perf_counter() - began
    if lines <= entries:
        raise Trouble(f"Only {lines:,} lines came.")
    return lines / took


class _Nowhere:
    """Takes what PostgreSQL sends and forgets it."""

    def write(self, _: bytes) -> None:
        return


def _copy(entries: int) -> float:
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.copy_expert(COPY, _Nowhere())
    return entries / (time.perf_counter() - began)


def _forget_most() -> None:
    """Let the most that this process held begin anew."""
    Path("/proc/self/clear_refs").write_text("5")


def _memory() -> float:
    """The most that this process held since then, in megabytes."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
