"""`./run storm --deliveries 300 --kill-every 2 --faults all --seed 1`: see `tools.storm`."""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.core.management import call_command

from platforms.sandbox.remote import Control
from platforms.sandbox.running import running_sandbox
from tools.storm.place import own_place

if TYPE_CHECKING:
    from tools.storm.people import People
    from tools.storm.weather import Workers

SETTLE_S = 8.0
"""Longer than a platform hangs: what it accepted at the last moment has arrived by then."""


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="./run storm", description=__doc__)
    made.add_argument("--deliveries", type=int, default=300)
    made.add_argument("--per-account", type=int, default=6, help="deliveries of one account")
    made.add_argument("--kill-every", type=float, default=2.0, help="seconds; 0: never")
    made.add_argument("--faults", choices=["all", "none"], default="all")
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--minutes", type=float, default=20.0, help="give up after so long")
    made.add_argument(
        "--database-url",
        default=os.environ.get("DATABASE_URL", ""),
        help="PostgreSQL (default: DATABASE_URL; without: SQLite); a database is made there",
    )
    made.add_argument(
        "--redis-url",
        default=os.environ.get("REDIS_URL", ""),
        help="Redis (default: REDIS_URL; without: files); an empty database of it is used",
    )
    return made


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    with (
        running_sandbox(seed=options.seed) as sandbox,
        own_place(options.database_url, options.redis_url, sandbox.base_urls) as folder,
    ):
        django.setup()
        call_command("migrate", verbosity=0)
        return _storm(options, sandbox.control, folder)


def _storm(options: argparse.Namespace, control: Control, folder: Path) -> int:
    # Only now: the models need Django to be set up for the storm's own place.
    from django.db import connection

    from tools.storm.council import Council
    from tools.storm.people import People
    from tools.storm.reckoning import reckon
    from tools.storm.weather import Workers, set_faults

    chance = random.Random(options.seed)  # noqa: S311 - a storm is not a secret
    control.settings(rate_limits=False)
    council = Council(control, options.deliveries, options.per_account, chance)
    print(f"{options.deliveries} deliveries are approved; {connection.vendor}.", flush=True)
    if options.faults == "all":
        set_faults(control)
    workers = Workers(folder, options.kill_every, random.Random(options.seed + 1))  # noqa: S311
    people = People(council, control, chance)
    began = time.monotonic()
    workers.start()
    try:
        _wait_until_over(options, control, workers, people, began)
    finally:
        workers.stop()
    control.clear_faults()
    time.sleep(SETTLE_S)
    people.work()
    reckoning = reckon(control)
    print(f"\nIt took {time.monotonic() - began:.0f} seconds.\n\n{reckoning.table()}")
    print(f"\nKilled: {_listed(workers.killed)}\nPeople: {_listed(people.did)}")
    print(f"Faults: {_listed(Counter(given[4] for given in control.faults_given()))}")
    call_command("verify_audit")
    return 1 if reckoning.failed else 0


def _wait_until_over(
    options: argparse.Namespace, control: Control, workers: Workers, people: People, began: float
) -> None:
    from tools.storm.weather import UNREACHABLE_EVERY_S

    told = unreachable = began
    while (left := _on_their_way()) and time.monotonic() - began < options.minutes * 60:
        time.sleep(0.1)
        workers.let_weather_in()
        now = time.monotonic()
        if now - told > 5:
            people.work()
            print(f"{now - began:5.0f} s: {left} on their way", flush=True)
            told = now
        if options.faults == "all" and now - unreachable > UNREACHABLE_EVERY_S:
            control.refuse(1.5)
            time.sleep(2)
            unreachable = now


def _on_their_way() -> int:
    from publishing.models import OPEN_DELIVERY_STATES, Delivery

    return Delivery.objects.filter(state__in=OPEN_DELIVERY_STATES).count()


def _listed(counted: Counter[str]) -> str:
    return ", ".join(f"{n} {name}" for name, n in sorted(counted.items())) or "none"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
