"""`./run bench [--only NAME] [--json FILE]`: see benchmarks/README.md."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks import size
from benchmarks.child import stop_tidily
from benchmarks.measure import Figure, from_json, table
from benchmarks.scratch import scratch_database, template_database
from tools.places import ROOT, VAR, environment
from tools.services import collect_assets
from tools.spare_broker import spare_broker
from tools.trouble import Trouble

MODULES = {
    "deliveries": "deliveries",
    "lateness": "lateness",
    "mentions": "mentions",
    "pages": "pages",
    "register": "register",
    "preview": "preview",
    "calendar": "calendar",
    "matrix": "matrix",
    "csv": "audit_csv",
}
AT_MOST_S = 600
"""One benchmark is given up after so long."""
WITHOUT = (
    "The benchmarks need PostgreSQL and Redis: set DATABASE_URL (postgres://…) and REDIS_URL. "
    "They make databases of their own beside them and leave yours alone."
)


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="./run bench", description="Measure against the limits.")
    made.add_argument(
        "--only", action="append", choices=[*MODULES], help="one of them; can be repeated"
    )
    made.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    made.add_argument("--quick", action="store_true", help="see that it runs; the figures are void")
    return made


def main(arguments: Sequence[str]) -> int:
    options = parser().parse_args(arguments)
    scheme = urlsplit(os.environ.get("DATABASE_URL", "")).scheme
    if not scheme.startswith("postgres") or not os.environ.get("REDIS_URL"):
        print(WITHOUT, file=sys.stderr)
        return 2
    began = time.monotonic()
    try:
        figures = measure(options.only or list(MODULES), quick=options.quick)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    print(f"\n{table(figures)}\n\nIt took {time.monotonic() - began:.0f} seconds. {_machine()}")
    if options.json:
        made = [one.as_json() for one in figures]
        options.json.write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n")
    return 0


def measure(names: Sequence[str], *, quick: bool) -> list[Figure]:
    """The figures of these benchmarks, each in a process and databases of its own."""
    os.environ.update(environment(DJANGO_SETTINGS_MODULE="council_social.settings"))
    collect_assets(dict(os.environ))
    os.environ.update(
        STATIC_ROOT=str(VAR / "assets"), LOG_LEVEL="WARNING", TWO_FACTOR_REQUIRED="off"
    )
    if quick:
        os.environ[size.VARIABLE] = "1"
    with template_database():
        return [figure for name in names for figure in _one(name)]


def _one(name: str) -> list[Figure]:
    print(f"{name}:", flush=True)
    with (
        tempfile.TemporaryDirectory(prefix="council-social-bench-") as folder,
        scratch_database(name) as database,
        spare_broker(os.environ["REDIS_URL"]) as broker,
    ):
        found = Path(folder) / "figures.json"
        own = {"DATABASE_URL": database, "REDIS_URL": broker, "VAR_DIR": folder}
        child = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.child", MODULES[name], str(found)],
            cwd=ROOT,
            env={**os.environ, **own},
        )
        try:
            status = child.wait(AT_MOST_S)
        except subprocess.TimeoutExpired:
            raise Trouble(f"{name} was not done after {AT_MOST_S} seconds.") from None
        finally:
            # It stops what it started when it is asked to.
            child.terminate()
            child.wait()
        if status:
            raise Trouble(f"{name} failed: see above.")
        return [from_json(values) for values in json.loads(found.read_text())]


def _machine() -> str:
    """What the figures are of; other work on the machine shows in its load."""
    _, five_minutes, quarter = os.getloadavg()
    return (
        f"{os.cpu_count()} cores; load {five_minutes:.1f} over the last five minutes, "
        f"{quarter:.1f} over fifteen."
    )


if __name__ == "__main__":
    stop_tidily()
    sys.exit(main(sys.argv[1:]))
