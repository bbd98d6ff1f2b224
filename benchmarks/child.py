"""One benchmark in a process of its own, on the databases that its environment names."""

from __future__ import annotations

import json
import signal
import sys
from importlib import import_module
from pathlib import Path

import django

from benchmarks import size


def stop_tidily() -> None:
    """When asked to end, first end and drop whatever was made."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def main(name: str, found: Path) -> None:
    stop_tidily()
    # The benchmark's models need Django to be set up, so its module is loaded only now.
    django.setup()
    figures = import_module(f"benchmarks.{name}").run(size.chosen())
    found.write_text(json.dumps([one.as_json() for one in figures]))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
