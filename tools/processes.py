"""Starting the parts of the product side by side, and stopping exactly those, by their id."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tools.commands import Command, tail
from tools.places import LOGS, ROOT
from tools.trouble import Trouble

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE_S = 15.0
LOG_LIMIT = 10_000_000


class Stopped(Exception):
    """Somebody asked us to stop."""


@dataclass
class Processes:
    """Children in sessions of their own, so that a Ctrl-C reaches us first and then, once, each.

    Use it as a context manager: whatever ends the block, every child is stopped.
    """

    env: Mapping[str, str]
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __enter__(self) -> Processes:
        for number in STOPPING:
            signal.signal(number, _stop)
        return self

    def __exit__(self, *_: object) -> None:
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)
        self.stop()

    def start(self, name: str, command: Command) -> None:
        """Start a child whose output goes to var/logs/`name`.log."""
        with _log(name).open("ab") as output:
            self.children[name] = subprocess.Popen(
                [str(part) for part in command],
                cwd=ROOT,
                env=dict(self.env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_for(self, what: str, ready: Callable[[], bool], seconds: float = 60.0) -> None:
        """Wait until `ready()`; raise Trouble when a child dies or the time is over."""
        end = time.monotonic() + seconds
        while not ready():
            self.check()
            if time.monotonic() > end:
                raise Trouble(f"{what} was not ready after {seconds:.0f} seconds; see {LOGS}.")
            time.sleep(0.1)

    def watch(self) -> None:
        """Stay until somebody asks to stop, or raise Trouble when a child dies."""
        while True:
            self.check()
            time.sleep(0.5)

    def check(self) -> None:
        """Raise Trouble, with the end of its log, if a child is no longer there."""
        for name, child in self.children.items():
            if end := _end_of(child):
                raise Trouble(
                    f"The {name} process stopped by itself ({_status(end)}). "
                    f"The end of {LOGS / name}.log:\n{tail(LOGS / f'{name}.log')}"
                )

    def stop(self) -> None:
        """Ask every child to end; after GRACE_S end what is left of it by force."""
        children = list(self.children.values())
        for child in children:
            if not _end_of(child):
                child.terminate()
        end = time.monotonic() + GRACE_S
        while not all(_end_of(child) for child in children) and time.monotonic() < end:
            time.sleep(0.05)
        for child in children:
            # The group is the child's own (start_new_session): this also ends its orphans.
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        self.children.clear()


def _end_of(child: subprocess.Popen[bytes]) -> os.waitid_result | None:
    """How a child ended, if it has, uncollected, so that its id cannot be another's yet."""
    return os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)


def _status(end: os.waitid_result) -> str:
    return f"{'status' if end.si_code == os.CLD_EXITED else 'signal'} {end.si_status}"


def _stop(*_: object) -> None:
    raise Stopped


def _log(name: str) -> Path:
    """The log of a child, put aside once when it has grown large."""
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / f"{name}.log"
    if path.is_file() and path.stat().st_size > LOG_LIMIT:
        path.replace(path.with_suffix(".log.1"))
    return path


def require_free(port: int, variable: str, what: str) -> None:
    """Raise Trouble if something listens on `port` already."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            raise Trouble(
                f"Port {port} is in use, and {what} needs it: stop what listens there, "
                f"or choose another with {variable}={port + 1}."
            ) from error


def answers(url: str) -> bool:
    """Whether `url` answers with success."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own address
            return bool(answer.status < 400)
    except (urllib.error.URLError, OSError):
        return False


def listens(port: int) -> bool:
    """Whether something accepts connections on `port` of this machine."""
    with socket.socket() as trial:
        trial.settimeout(1)
        return trial.connect_ex(("127.0.0.1", port)) == 0
