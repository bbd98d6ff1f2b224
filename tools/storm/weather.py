"""What goes wrong: faults of the platforms at rates, and workers killed at random moments."""

from __future__ import annotations

import os
import random
import shlex
import signal
import subprocess
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from platforms.sandbox.remote import Control
from tools.places import PYTHON, ROOT
from tools.services import QUIET

PUBLISH = {
    "refuse": 0.03,
    "rate_limit": 0.04,
    "error_before": 0.04,
    "error_after": 0.05,
    "hang": 0.04,
    "drop": 0.05,
    "slow": 0.05,
    "expired": 0.01,
    "revoked": 0.01,
    "duplicate": 0.03,
    "html": 0.03,
    "empty": 0.03,
    "huge": 0.02,
    "malformed": 0.03,
}
UPLOAD = {kind: rate / 2 for kind, rate in PUBLISH.items()}
READ = {kind: rate / 3 for kind, rate in PUBLISH.items() if kind != "duplicate"}
SECONDS = {"hang": 6.0, "slow": 0.7, "rate_limit": 3.0}

WORKERS = {
    "sweep": ("sweep", 1),
    "deliver-1": ("deliver", 8),
    "deliver-2": ("deliver", 8),
}
UNREACHABLE_EVERY_S = 20.0


def set_faults(control: Control) -> None:
    control.fault_rates(PUBLISH, group="publish", seconds=SECONDS)
    control.fault_rates(UPLOAD, group="upload", seconds=SECONDS)
    control.fault_rates(READ, group="read", seconds=SECONDS)


class Workers:
    """The engine's processes: started, killed with SIGKILL, started again."""

    def __init__(self, folder: Path, kill_every: float, chance: random.Random) -> None:
        self.folder = folder
        self.kill_every = kill_every
        self.chance = chance
        self.killed: Counter[str] = Counter()
        self.pids: dict[str, int] = {}
        self.next_kill = 0.0
        self.nursery = subprocess.Popen(
            [PYTHON, "-m", "tools.storm.nursery"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self) -> None:
        self._hear()
        for name in (*WORKERS, "beat"):
            self._start(name)
        self.next_kill = time.monotonic() + self._pause()

    def let_weather_in(self) -> None:
        """Kill one of them if it is time; start again whatever is not there."""
        if self.kill_every and time.monotonic() >= self.next_kill:
            name = self.chance.choice(sorted(self.pids))
            _kill(self.pids[name])
            self.killed[name.partition("-")[0]] += 1
            self.next_kill = time.monotonic() + self._pause()
        for name, pid in list(self.pids.items()):
            if not _is_there(pid):
                self._start(name)

    def stop(self) -> None:
        """End exactly what was started here."""
        for pid in self.pids.values():
            _kill(pid)
        self.nursery.terminate()
        self.nursery.communicate(timeout=10)

    def _start(self, name: str) -> None:
        if name == "beat":
            arguments = ["beat", "--pidfile="]
        else:
            queue, threads = WORKERS[name]
            arguments = ["worker", "-Q", queue, "-n", f"{name}@%h", *QUIET]
            arguments += ["-P", "threads", "-c", str(threads)]
        if self.nursery.stdin is None:
            raise RuntimeError("The nursery has no input.")
        self.nursery.stdin.write(shlex.join([str(self.folder / f"{name}.log"), *arguments]) + "\n")
        self.nursery.stdin.flush()
        self.pids[name] = int(self._hear())

    def _hear(self) -> str:
        line = self.nursery.stdout.readline() if self.nursery.stdout else ""
        if not line:
            raise RuntimeError("The nursery ended: see its message above.")
        return line.strip()

    def _pause(self) -> float:
        return self.kill_every * self.chance.uniform(0.4, 1.6)


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
